package dev.parley.standalone.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.boot.StartupException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Nobody but the user who runs the platform gets at its data. */
@ExtendWith(OutputCaptureExtension.class)
class DataFolderTest {

    @TempDir
    Path temporary;

    @Test
    void isMadeForItsOwnerAlone() throws Exception {
        Path folder = temporary.resolve("some/where/data");

        try (DataFolder data = DataFolder.lock(folder)) {
            data.secrets().store();

            assertThat(permissions(folder)).isEqualTo("rwx------");
            assertThat(permissions(folder.resolve("secrets"))).isEqualTo("rwx------");
            assertThat(permissions(folder.resolve("secrets/store-password"))).isEqualTo("rw-------");
        }
    }

    @Test
    void takesWhatOthersMayDoFromAFolderThatIsThereAlready(CapturedOutput output) throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("data"));
        Path store = Files.createDirectories(folder.resolve("store/deep"));
        Path table = Files.writeString(store.resolve("000012.sst"), "keys");
        Path script = Files.writeString(folder.resolve("script"), "");
        Path outside = Files.writeString(temporary.resolve("outside"), "");
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Files.createSymbolicLink(folder.resolve("broken"), temporary.resolve("nothing"));
        set(folder, "rwxrwxrwx");
        set(folder.resolve("store"), "rwxr-xr-x");
        set(store, "rwxr-x--x");
        set(table, "rw-r--r--");
        set(script, "r-xrwxrwx");
        set(outside, "rw-r--r--");

        DataFolder.lock(folder).close();

        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("store"))).isEqualTo("rwx------");
        assertThat(permissions(store)).isEqualTo("rwx------");
        assertThat(permissions(table)).isEqualTo("rw-------");
        assertThat(permissions(script)).isEqualTo("r-x------");
        assertThat(permissions(folder.resolve("lock"))).isEqualTo("rw-------");
        assertThat(permissions(outside)).isEqualTo("rw-r--r--");
        assertThat(output).doesNotContain("WARN");
    }

    @Test
    void saysSoWhereAFileSystemHasNoPermissions(CapturedOutput output) throws Exception {
        URI archive = URI.create("jar:" + temporary.resolve("archive.zip").toUri());
        try (FileSystem withoutPermissions = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path folder = withoutPermissions.getPath("/deep/data");

            PrivateFiles.createFolder(folder);
            PrivateFiles.createFile(folder, "file");
            PrivateFiles.restrict(folder);

            assertThat(folder.resolve("file")).exists();
        }
        assertThat(output).contains("/deep/data has no POSIX permissions");
    }

    @Test
    void leavesAFolderAloneThatANewerVersionHasWritten() throws Exception {
        Path folder = temporary.resolve("data");
        DataFolder.lock(folder).close();
        assertThat(folder.resolve("format")).hasContent("1");
        DataFolder.lock(folder).close();

        Files.delete(folder.resolve("lock"));
        Files.writeString(folder.resolve("format"), "2\n");
        set(folder, "rwxr-xr-x");

        assertThatThrownBy(() -> DataFolder.lock(folder))
                .isInstanceOf(StartupException.class)
                .hasMessage("The data folder " + folder + " was written by a newer version of Parley (its format is 2,"
                        + " and this version knows 1): start that version, or choose another folder with --data");
        assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("format"));
        }
        assertThat(folder.resolve("format")).hasContent("2");
    }

    @Test
    void startsWithNoFormatThatIsDamaged() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("data"));
        Files.writeString(folder.resolve("format"), "");

        assertThatThrownBy(() -> DataFolder.lock(folder))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("format is damaged");
    }

    @Test
    void keepsEachSecretAndMakesNoTwoAlike() throws Exception {
        SecretFiles first = new SecretFiles(temporary.resolve("secrets"));
        SecretFiles again = new SecretFiles(temporary.resolve("secrets"));

        assertThat(first.hasMasterKey()).isFalse();
        assertThat(again.store()).isEqualTo(first.store());
        assertThat(again.broker()).isEqualTo(first.broker()).isNotEqualTo(first.store());
        assertThat(again.signingWrappingKey())
                .isEqualTo(first.signingWrappingKey())
                .isNotEqualTo(first.masterKey());
        assertThat(again.fileUrlKey()).isEqualTo(first.fileUrlKey()).isNotEqualTo(first.signingWrappingKey());
        assertThat(first.hasMasterKey()).isTrue();
        assertThat(first.store().toString()).doesNotContain(first.store().password());
        assertThat(new SecretFiles(temporary.resolve("others")).store()).isNotEqualTo(first.store());
    }

    @Test
    void startsWithNoSecretThatIsDamaged() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("secrets"));
        SecretFiles secrets = new SecretFiles(folder);
        for (String damaged : new String[] {"", "short", "\n", "x".repeat(64), "../../etc"}) {
            Files.writeString(folder.resolve("store-password"), damaged);
            Files.writeString(folder.resolve("signing-wrapping-key"), damaged);

            assertThatThrownBy(secrets::store)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("store-password is damaged");
            assertThatThrownBy(secrets::signingWrappingKey)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("signing-wrapping-key is damaged");
        }
    }

    /** A start that was killed while it wrote a secret. */
    @Test
    void makesASecretAnewWhoseFileWasNeverFinished() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("secrets"));
        Files.writeString(folder.resolve("store-password.new"), "half");

        assertThat(new SecretFiles(folder).store().password()).hasSize(64);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("store-password"));
        }
    }

    private static void set(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
