package dev.parley.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.boot.StartupException;
import dev.parley.standalone.backing.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no whole backup, or does not belong to a folder, is refused before anything is written. */
class RestoreTest {

    private static final String KEY = "signing-wrapping-key";

    @TempDir
    Path folder;

    private Path backup;
    private Path data;

    @BeforeEach
    void aBackup() throws IOException {
        backup = folder.resolve("backup");
        data = folder.resolve("data");
        Path source = Files.writeString(folder.resolve("source"), "a photo");
        Map<String, String> secrets;
        try (DataFolder original = DataFolder.lock(folder.resolve("original"))) {
            original.secrets().signingWrappingKey();
            secrets = original.secrets().fingerprints();
        }
        try (BackupWriter writer = BackupWriter.create(backup)) {
            writer.write("store/CURRENT", out -> out.write("the store".getBytes(StandardCharsets.UTF_8)));
            writer.copy(source, "files/0a1/photo");
            assertThat(backup).doesNotExist();
            writer.finish(Instant.now(), 0, true, secrets);
        }
        Files.createDirectories(data.resolve("secrets"));
        Files.copy(folder.resolve("original/secrets/" + KEY), data.resolve("secrets/" + KEY));
    }

    @Test
    void putsEverythingIntoItsPlace() throws IOException {
        restore();

        assertThat(data.resolve("store/CURRENT")).hasContent("the store");
        assertThat(data.resolve("files/0a1/photo")).hasContent("a photo");
        assertThat(names(data)).contains("secrets", "store", "files").doesNotContain("events", "restoring");
    }

    @Test
    void leavesNothingThatLooksLikeABackupWhereOneFails() throws IOException {
        Path other = folder.resolve("other");
        try (BackupWriter writer = BackupWriter.create(other)) {
            writer.write("store/CURRENT", out -> out.write(1));
            assertThatThrownBy(() -> writer.write("store/LOG", out -> {
                        throw new IOException("the disk is full");
                    }))
                    .isInstanceOf(IOException.class);
        }

        assertThat(names(folder)).containsExactlyInAnyOrder("backup", "data", "original", "source");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "SHA256SUMS", "store/CURRENT", "files/0a1/photo"})
    void refusesABackupOfWhichAFileIsMissing(String file) throws IOException {
        Files.delete(backup.resolve(file));

        refuses(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256SUMS", "store/CURRENT", "files/0a1/photo"})
    void refusesABackupOfWhichAFileIsNotWhatItWas(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(backup.resolve(file));
        bytes[bytes.length / 2] ^= 1;
        Files.write(backup.resolve(file), bytes);

        refuses(file);
    }

    private void refuses(String why) throws IOException {
        assertThatThrownBy(this::restore)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(backup.toString())
                .hasMessageContaining(why);
        assertThat(names(data)).doesNotContain("store", "files", "events", "restoring");
    }

    @Test
    void writesOverNoData() throws IOException {
        Files.createDirectory(data.resolve("store"));

        assertThatThrownBy(this::restore)
                .hasMessage("The data folder " + data + " is in use: restore to one that has nothing but secrets");
        assertThat(data.resolve("store")).isEmptyDirectory();
    }

    @Test
    void asksForTheSecretsThatBelongToIt() throws IOException {
        Files.delete(data.resolve("secrets/" + KEY));
        try (DataFolder other = DataFolder.lock(data)) {
            other.secrets().signingWrappingKey();
        }

        assertThatThrownBy(this::restore)
                .hasMessageContaining(data.resolve("secrets").toString())
                .hasMessageContaining("missing: " + KEY);
        assertThat(data.resolve("store")).doesNotExist();
    }

    @Test
    void nothingStartsOnAFolderToWhichARestoreWasInterrupted() throws IOException {
        try (DataFolder interrupted = DataFolder.lock(data)) {
            Path restoring = interrupted.beginRestore();
            Files.createDirectory(restoring.resolve("store"));
            assertThatThrownBy(interrupted::requireWhole)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("interrupted");
        }

        restore();

        try (DataFolder whole = DataFolder.lock(data)) {
            whole.requireWhole();
        }
        assertThat(data.resolve("store/CURRENT")).hasContent("the store");
    }

    private void restore() {
        Restore.run(backup, data, false, line -> {});
    }

    private static Stream<String> names(Path parent) throws IOException {
        try (Stream<Path> content = Files.list(parent)) {
            return content.map(path -> path.getFileName().toString()).toList().stream();
        }
    }
}
