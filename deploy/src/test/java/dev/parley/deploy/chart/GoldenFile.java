package dev.parley.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file with what was rendered before. {@code -Dgolden.rewrite=true} writes it anew, so that a change can be read in the
 * difference.
 */
record GoldenFile(Path path) {

    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");

    static GoldenFile of(String valueSet) {
        return new GoldenFile(Path.of("src/test/resources/golden", valueSet + ".yaml"));
    }

    void compare(String rendered) {
        try {
            if (REWRITE) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, rendered);
            }
            assertThat(rendered)
                    .as("%s; -Dgolden.rewrite=true writes it anew", path)
                    .isEqualTo(Files.readString(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
