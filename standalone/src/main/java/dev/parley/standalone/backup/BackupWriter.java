package dev.parley.standalone.backup;

import dev.parley.platform.boot.StartupException;
import dev.parley.standalone.backing.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * A backup that is being written. It has another name until all of it is on the disk, so what a crash or a full disk leaves does
 * not look like a backup.
 */
final class BackupWriter implements AutoCloseable {

    private static final String UNFINISHED = ".unfinished";

    /** Writes the content of a file. */
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    private final Path target;
    private final Path unfinished;
    private final DigestOutputStream checksums;
    private long files;
    private long bytes;

    private BackupWriter(Path target, Path unfinished) throws IOException {
        this.target = target;
        this.unfinished = unfinished;
        this.checksums = new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(unfinished.resolve(BackupManifest.CHECKSUMS))),
                Sha256.begin());
    }

    /** @throws StartupException if there is something of that name */
    static BackupWriter create(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new StartupException(target + " exists already: name a folder that does not");
        }
        Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
        FileSystemUtils.deleteRecursively(unfinished);
        PrivateFiles.createFolder(unfinished);
        return new BackupWriter(target, unfinished);
    }

    boolean has(String name) {
        return Files.exists(unfinished.resolve(name));
    }

    void copy(Path source, String name) throws IOException {
        try (InputStream in = Files.newInputStream(source)) {
            write(name, in::transferTo);
        }
    }

    /** @param name its path in the backup, with slashes */
    void write(String name, Content content) throws IOException {
        Path file = unfinished.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        MessageDigest digest = Sha256.begin();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out =
                        new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), digest))) {
            content.write(out);
            out.flush();
            channel.force(true);
            bytes += channel.size();
        }
        files++;
        checksums.write((Sha256.end(digest) + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Completes the backup, and gives it its name. */
    BackupManifest finish(Instant takenAt, long events, boolean uploads, Map<String, String> secrets)
            throws IOException {
        checksums.close();
        force(unfinished.resolve(BackupManifest.CHECKSUMS));
        BackupManifest manifest = new BackupManifest(
                BackupManifest.FORMAT,
                takenAt,
                files,
                bytes,
                Sha256.end(checksums.getMessageDigest()),
                events,
                uploads,
                secrets);
        Path file = unfinished.resolve(BackupManifest.FILE);
        Files.write(
                file,
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        force(file);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        return manifest;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Removes what is not finished. */
    @Override
    public void close() throws IOException {
        checksums.close();
        FileSystemUtils.deleteRecursively(unfinished);
    }
}
