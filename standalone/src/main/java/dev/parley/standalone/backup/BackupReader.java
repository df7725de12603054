package dev.parley.standalone.backup;

import dev.parley.platform.boot.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a backup, and believes none of it before its checksums agree. */
final class BackupReader {

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([A-Za-z0-9._/-]+)");

    /** Does something with a file of the backup. */
    interface Use {
        void accept(String name, InputStream content) throws IOException;
    }

    private final Path folder;
    private final BackupManifest manifest;

    private BackupReader(Path folder, BackupManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** @throws StartupException if the folder is no backup, or not all of one */
    static BackupReader open(Path folder) throws IOException {
        BackupManifest manifest;
        try {
            manifest = JsonMapper.builder()
                    .build()
                    .readValue(Files.readAllBytes(folder.resolve(BackupManifest.FILE)), BackupManifest.class);
        } catch (NoSuchFileException missing) {
            throw new StartupException(folder + " is no whole backup: it has no " + BackupManifest.FILE);
        } catch (JacksonException unreadable) {
            throw new StartupException(folder + " is damaged: its " + BackupManifest.FILE + " cannot be read");
        }
        if (manifest.format() > BackupManifest.FORMAT) {
            throw new StartupException(folder + " was made by a newer version of Parley: restore it with that version");
        }
        return new BackupReader(folder, manifest);
    }

    BackupManifest manifest() {
        return manifest;
    }

    /** Reads all of it. @throws StartupException if a file is missing or is not what it was */
    void verify() throws IOException {
        if (!checksumOfList().equals(manifest.checksums())) {
            throw damaged(BackupManifest.CHECKSUMS);
        }
        forEach((name, content) -> content.transferTo(OutputStream.nullOutputStream()));
    }

    /** Copies everything into a folder, and compares it again. */
    void copyTo(Path target) throws IOException {
        forEach((name, content) -> {
            Path file = target.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            try (OutputStream out =
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.transferTo(out);
            }
        });
    }

    private String checksumOfList() throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(folder.resolve(BackupManifest.CHECKSUMS)), Sha256.begin())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Sha256.end(in.getMessageDigest());
        } catch (NoSuchFileException missing) {
            throw damaged(BackupManifest.CHECKSUMS);
        }
    }

    private void forEach(Use use) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(folder.resolve(BackupManifest.CHECKSUMS))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                use(line, use);
            }
        }
    }

    private void use(String line, Use use) throws IOException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches() || parts.group(2).contains("..") || parts.group(2).startsWith("/")) {
            throw damaged(BackupManifest.CHECKSUMS);
        }
        String name = parts.group(2);
        try (DigestInputStream content =
                new DigestInputStream(Files.newInputStream(folder.resolve(name)), Sha256.begin())) {
            use.accept(name, content);
            if (!Sha256.end(content.getMessageDigest()).equals(parts.group(1))) {
                throw damaged(name);
            }
        } catch (NoSuchFileException missing) {
            throw damaged(name);
        }
    }

    private StartupException damaged(String name) {
        return new StartupException(folder + " is damaged: " + name + " is missing or not what it was");
    }
}
