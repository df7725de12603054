package dev.parley.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The executable jar of a service, if the build has made it. */
final class ExecutableJar {

    private ExecutableJar() {}

    /** @param service the name of its folder */
    static Optional<Path> of(String service) throws IOException {
        Path target = Path.of("..", service, "target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-exec.jar")).findFirst();
        }
    }
}
