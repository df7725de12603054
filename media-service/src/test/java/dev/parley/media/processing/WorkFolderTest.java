package dev.parley.media.processing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.blob.FolderStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

    @TempDir
    Path folder;

    @Test
    void removesWhatACrashLeftAndNothingElse() throws Exception {
        WorkFolder work = new WorkFolder(FolderStores.in(folder.resolve("blobs")), settings(folder.resolve("work")));
        Path present = work.create();
        Path left = work.create();
        Path other = Files.createFile(folder.resolve("work").resolve("other"));
        for (Path old : new Path[] {left, other}) {
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }

        work.removeLeftovers(Instant.now().minus(Duration.ofHours(1)));

        assertThat(left).doesNotExist();
        assertThat(present).exists();
        assertThat(other).exists();
    }

    private static ProcessingSettings settings(Path folder) {
        return new ProcessingSettings(
                2,
                Duration.ofMinutes(2),
                4,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                10_000,
                folder.toString());
    }
}
