package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./run} itself does, with a stand-in for Java that tells how it was started, and ends as it is told to. */
class RunScriptTest {

    @TempDir
    Path root;

    private Process process;

    @BeforeEach
    void aFolderThatIsBuilt() throws IOException {
        Path target = Files.createDirectories(root.resolve("standalone/target"));
        Files.writeString(target.resolve("parley.jar"), "");
        Files.writeString(target.resolve("parley.built"), "");
        Files.copy(Path.of("../run"), root.resolve("run"));
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void leavesNoFileOpenToOthersAndPassesItsArgumentsOn() throws Exception {
        run("exit 0", "--port", "0", "--data", "a folder");

        assertThat(ended()).isZero();
        assertThat(starts()).hasSize(1).first().asString().startsWith("0077 ").endsWith("--port 0 --data a folder");
    }

    @Test
    void startsItAgainWhenAPartOfItGivesUpAfterItWasReady() throws Exception {
        run("""
                case $(wc -l <"$starts") in
                  1) touch "$ready"; exit 1 ;;
                  2) exit 1 ;;
                  3) touch "$ready"; exit 134 ;;
                  *) exit 0 ;;
                esac""");

        assertThat(ended()).isZero();
        assertThat(starts()).hasSize(4);
    }

    @Test
    void leavesItWhereItWasNeverReady() throws Exception {
        run("exit 1");

        assertThat(ended()).isEqualTo(1);
        assertThat(starts()).hasSize(1);
    }

    @Test
    void leavesItWhenSomebodyKillsIt() throws Exception {
        run("touch \"$ready\"; kill -9 $$");

        assertThat(ended()).isEqualTo(128 + 9);
        assertThat(starts()).hasSize(1);
    }

    @Test
    void stopsItWhenItIsStopped() throws Exception {
        run("trap 'touch \"$ready\"; exit 143' TERM; echo waits >>\"$starts\"; sleep 60 & wait");
        Until.satisfied(() -> assertThat(starts()).hasSize(2));

        process.destroy();

        assertThat(ended()).isEqualTo(143);
        assertThat(starts()).hasSize(2);
        assertThat(root.resolve("standalone/target").toFile().list()).noneMatch(name -> name.contains("ready"));
    }

    /** @param behaviour of the stand-in, as a shell script */
    private void run(String behaviour, String... arguments) throws IOException {
        Path java = Files.createDirectories(root.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                starts='%s'
                case "$*" in
                  -version) echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit 0 ;;
                  *--exit-when-ready*) exit 1 ;;
                esac
                ready=$(printf '%%s\n' "$@" | sed -n 's/^-Dparley.ready-file=//p')
                echo "$(umask) $*" >>"$starts"
                %s
                """.formatted(root.resolve("starts"), behaviour));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder(
                "bash",
                "-c",
                "umask 022; exec bash \"$0\" \"$@\"",
                root.resolve("run").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().put("PARLEY_RESTART_SECONDS", "0");
        process = builder.redirectErrorStream(true)
                .redirectOutput(root.resolve("output").toFile())
                .start();
    }

    private int ended() throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private List<String> starts() throws IOException {
        Path starts = root.resolve("starts");
        return Files.exists(starts) ? Files.readAllLines(starts) : List.of();
    }
}
