package dev.parley.deploy.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs podman: as root with settings that need neither systemd nor cgroups of version 2, else as it is configured. */
final class Podman {

    private static final int LONGEST_SECONDS = 120;
    private static final String FOR_ROOT = """
            [containers]
            default_ulimits = ["nofile=20000:20000", "nproc=16384:16384"]
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            """;

    private final Path configuration;

    /** @param folder for the settings */
    Podman(Path folder) throws IOException {
        this.configuration = Files.writeString(folder.resolve("containers.conf"), FOR_ROOT);
    }

    /** Whether containers can be run here. */
    boolean isUsable() {
        try {
            run("info");
            return true;
        } catch (UncheckedIOException | IllegalStateException missing) {
            return false;
        }
    }

    /** What podman writes; it must succeed. */
    String run(String... arguments) {
        return run(List.of(arguments));
    }

    String run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile(configuration.getParent(), "output", "");
            Path errors = Files.createTempFile(configuration.getParent(), "errors", "");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            if (System.getProperty("user.name").equals("root")) {
                builder.environment().put("CONTAINERS_CONF", configuration.toString());
            }
            Process process = builder.start();
            boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(errors, StandardCharsets.UTF_8));
            }
            return Files.readString(output, StandardCharsets.UTF_8).strip();
        } catch (IOException notThere) {
            throw new UncheckedIOException(notThere);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** What a container has written. */
    String log(String container) {
        try {
            Process process = new ProcessBuilder("podman", "logs", container)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
