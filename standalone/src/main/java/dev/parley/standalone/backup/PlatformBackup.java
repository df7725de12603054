package dev.parley.standalone.backup;

import dev.parley.embedded.EmbeddedStore;
import dev.parley.standalone.backing.DataFolder;
import dev.parley.standalone.backlog.EventBacklog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/**
 * Makes a backup while everything runs. The order of the steps is what makes it consistent:
 *
 * <ol>
 *   <li>The uploads that there are. They never change, so this may take its time.
 *   <li>How far each consumer group has come. What it handled is in the store.
 *   <li>The store as it is at one moment, at which nothing is written, and at that moment, where the topics end. An event is stored before it
 *       is published, and taken off its document afterwards: so each event is either published by then, or still on its document in the copy.
 *   <li>The uploads that came meanwhile. So everything that the copy of the store names is there, also what is deleted since.
 *   <li>The events between the second step and the third.
 * </ol>
 */
public final class PlatformBackup implements Backup {

    /** Where uploads are that nobody has finished. */
    private static final String UNFINISHED_UPLOADS = "unfinished";

    /** @param held for how long nothing was written */
    private record Moment(Instant at, Duration held) {}

    private final DataFolder data;
    private final EmbeddedStore store;
    private final String kafkaServers;
    private final Map<String, String> kafkaProperties;
    private final boolean uploadsAreHere;

    /** @param uploadsAreHere whether what users upload is in the data folder */
    public PlatformBackup(
            DataFolder data,
            EmbeddedStore store,
            String kafkaServers,
            Map<String, String> kafkaProperties,
            boolean uploadsAreHere) {
        this.data = data;
        this.store = store;
        this.kafkaServers = kafkaServers;
        this.kafkaProperties = kafkaProperties;
        this.uploadsAreHere = uploadsAreHere;
    }

    @Override
    public void make(Path target, Consumer<String> progress) throws IOException {
        Path checkpoint = data.checkpoint();
        FileSystemUtils.deleteRecursively(checkpoint);
        try (BackupWriter backup = BackupWriter.create(target);
                EventBacklog backlog = new EventBacklog(kafkaServers, kafkaProperties)) {
            progress.accept("Copying files");
            copyUploads(backup);
            progress.accept("Copying the store");
            backlog.begin();
            Moment moment = checkpoint(checkpoint, backlog);
            progress.accept("Nothing was written for " + moment.held().toMillis() + " ms");
            copy(checkpoint, BackupManifest.STORE, backup);
            FileSystemUtils.deleteRecursively(checkpoint);
            copyUploads(backup);
            long[] events = new long[1];
            backup.write(BackupManifest.EVENTS, out -> events[0] = backlog.write(out));
            BackupManifest made = backup.finish(
                    moment.at(), events[0], uploadsAreHere, data.secrets().fingerprints());
            progress.accept("%s holds all that was stored at %s: %d files, %.1f MB"
                    .formatted(target, moment.at(), made.files(), made.bytes() / 1e6));
        } finally {
            FileSystemUtils.deleteRecursively(checkpoint);
        }
    }

    private Moment checkpoint(Path folder, EventBacklog backlog) throws IOException {
        Instant[] moment = {Instant.EPOCH};
        try {
            store.checkpoint(folder, () -> {
                moment[0] = Instant.now();
                try {
                    backlog.end();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        return new Moment(moment[0], Duration.between(moment[0], Instant.now()));
    }

    private void copyUploads(BackupWriter backup) throws IOException {
        if (uploadsAreHere && Files.exists(data.files())) {
            copy(data.files(), BackupManifest.UPLOADS, backup);
        }
    }

    /** Copies what is not in the backup yet. */
    private static void copy(Path folder, String name, BackupWriter backup) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                return visited.equals(folder.resolve(UNFINISHED_UPLOADS))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = name + "/" + folder.relativize(file).toString().replace('\\', '/');
                try {
                    if (!backup.has(path)) {
                        backup.copy(file, path);
                    }
                } catch (NoSuchFileException deleted) {
                    // Nobody needs it any more.
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
