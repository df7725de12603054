package dev.parley.deploy.watch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' own tool. Where it is not installed, tests that need it are skipped and say so. */
final class Promtool {

    private static final long LONGEST_SECONDS = 120;

    private Promtool() {}

    /** What it says, after its exit code. */
    static String run(Path folder, List<String> arguments) throws IOException, InterruptedException {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool"))),
                "promtool is not on the PATH (Debian: apt-get install --no-install-recommends prometheus)");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(arguments);
        Path output = Files.createTempFile("promtool", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "not in time: " + Files.readString(output);
        }
        return process.exitValue() + ": " + Files.readString(output);
    }
}
