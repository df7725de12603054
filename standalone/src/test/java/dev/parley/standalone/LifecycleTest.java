package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.FreePort;
import dev.parley.standalone.backing.DataFolder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping, as a user sees it. */
class LifecycleTest {

    private record Outcome(int exitCode, String output) {}

    @TempDir
    Path folder;

    @Test
    void stopsInTimeWhenAskedTo() throws Exception {
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"))) {
            assertThat(platform.stop(Duration.ofSeconds(15))).isTrue();
        }
    }

    @Test
    void sharesADataFolderWithNoOtherProcess() throws Exception {
        Path data = folder.resolve("data");
        try (DataFolder mine = DataFolder.lock(data)) {
            Outcome outcome = run("--port", freePort(), "--data", data.toString());

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.output().lines()).hasSize(1).first().asString().contains("in use by another process");
        }
        assertThat(Files.list(data)).containsExactlyInAnyOrder(data.resolve("lock"), data.resolve("format"));
    }

    @Test
    void saysThatThePortIsTakenBeforeItStartsAnything() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Outcome outcome = run(
                    "--port",
                    Integer.toString(taken.getLocalPort()),
                    "--data",
                    folder.resolve("data").toString());

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.output().strip())
                    .isEqualTo("Port " + taken.getLocalPort() + " is in use: choose another with --port");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void saysWhichOptionItDoesNotKnow() throws Exception {
        Outcome outcome = run("--prot", "8080");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output().strip()).isEqualTo("Unknown option --prot (see ./run --help)");
    }

    @Test
    void saysOnceWhichSettingOfItsServicesCannotBe() throws Exception {
        Outcome outcome = run(
                Map.of("PARLEY_SERVICECLIENT_MAXCONNECTIONS", "0"),
                "--port",
                freePort(),
                "--data",
                folder.resolve("data").toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output().lines().filter(line -> line.contains("cannot start")))
                .singleElement()
                .asString()
                .endsWith("-service cannot start: parley.service-client.max-connections must be positive"
                        + " (PARLEY_SERVICECLIENT_MAXCONNECTIONS)");
        assertThat(outcome.output()).doesNotContain("\tat ");
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    private Outcome run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Standalone.class.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static String freePort() throws IOException {
        return Integer.toString(FreePort.find());
    }
}
