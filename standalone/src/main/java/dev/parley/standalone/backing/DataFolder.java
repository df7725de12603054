package dev.parley.standalone.backing;

import dev.parley.platform.boot.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The folder that keeps all data, for the user alone who runs the platform. A lock lets one process use it at a time, and ends
 * with that process.
 */
public final class DataFolder implements AutoCloseable {

    /** Bytes: the logs that a start writes before anything is deleted. */
    private static final long ROOM_FOR_A_START = 32L << 20;

    /** The store's files. */
    public static final String STORE = "store";

    /** What users upload. */
    public static final String FILES = "files";

    /** The events of a restored backup that are still to be published. */
    public static final String BACKLOG = "events";

    private static final String SECRETS = "secrets";
    private static final String LOCK = "lock";
    private static final String CONTROL = "control";
    private static final List<String> RESTORED = List.of(FILES, BACKLOG, STORE);
    private static final Set<String> BEFORE_RESTORE = Set.of(LOCK, DataFormat.FILE, SECRETS);

    private final Path path;
    private final FileChannel lockFile;
    private final SecretFiles secrets;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
        this.secrets = new SecretFiles(path.resolve(SECRETS));
    }

    /** @throws StartupException if another process has the folder, a newer version has written it, or it cannot be written */
    public static DataFolder lock(Path path) {
        try {
            DataFormat.requireKnown(path);
            PrivateFiles.createFolder(path);
            FileChannel file =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                file.close();
                throw new StartupException("The data folder " + path
                        + " is in use by another process: stop it, or choose" + " another folder with --data");
            }
            // Whoever had the lock until now may have been newer.
            DataFormat.requireKnown(path);
            PrivateFiles.restrict(path);
            DataFormat.claim(path);
            return new DataFolder(path, file);
        } catch (IOException unusable) {
            throw new StartupException("The data folder " + path + " cannot be used: " + unusable);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException ownedByThisProcess) {
            return null;
        }
    }

    /** @throws StartupException if the disk is so full that store and broker could not even start */
    public void requireRoom() throws IOException {
        long free = Files.getFileStore(path).getUsableSpace();
        if (free < ROOM_FOR_A_START) {
            throw new StartupException("The disk of the data folder " + path + " is full: " + (free >> 20)
                    + " MB are free, and a start needs " + (ROOM_FOR_A_START >> 20) + " MB");
        }
    }

    /** @throws StartupException if a restore to it was interrupted */
    public void requireWhole() {
        if (Files.exists(restoring())) {
            throw new StartupException(
                    "A restore to the data folder " + path + " was interrupted: run it again, with --restore");
        }
    }

    /** @throws StartupException if there is more in it than secrets and what an interrupted restore left */
    public void requireUnused() throws IOException {
        try (Stream<Path> content = Files.list(path)) {
            boolean isUsed = content.anyMatch(
                    one -> !BEFORE_RESTORE.contains(one.getFileName().toString()));
            if (isUsed && !Files.exists(restoring())) {
                throw new StartupException(
                        "The data folder " + path + " is in use: restore to one that has nothing but secrets");
            }
        }
    }

    /** Begins a restore. Nothing can be started on the folder until {@link #endRestore}. Returns where to restore to. */
    public Path beginRestore() throws IOException {
        PrivateFiles.createFolder(restoring());
        for (String name : RESTORED) {
            FileSystemUtils.deleteRecursively(path.resolve(name));
            FileSystemUtils.deleteRecursively(restoring().resolve(name));
        }
        return restoring();
    }

    /** Puts what was restored into its place. */
    public void endRestore() throws IOException {
        for (String name : RESTORED) {
            Path restored = restoring().resolve(name);
            if (Files.exists(restored)) {
                Files.move(restored, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        FileSystemUtils.deleteRecursively(restoring());
    }

    private Path restoring() {
        return path.resolve("restoring");
    }

    Path path() {
        return path.toAbsolutePath();
    }

    public Path kafka() {
        return path.resolve("kafka");
    }

    public Path store() {
        return path.resolve(STORE);
    }

    /** Where the store is copied to for a backup, on its own file system. */
    public Path checkpoint() {
        return path().resolve("checkpoint");
    }

    /** The events of a restored backup that are still to be published. */
    public Path backlog() {
        return path.resolve(BACKLOG);
    }

    /** The file that says how to reach the process that runs on a folder. */
    public static Path control(Path folder) {
        return folder.resolve(CONTROL);
    }

    /** Writes that file, which only this user can read. */
    public void writeControl(String address) throws IOException {
        PrivateFiles.write(path, CONTROL, address);
    }

    public void removeControl() throws IOException {
        Files.deleteIfExists(control(path));
    }

    /** What users upload. */
    public Path files() {
        return path().resolve(FILES);
    }

    public SecretFiles secrets() {
        return secrets;
    }

    public Path mongod() {
        return path.resolve("mongod");
    }

    /** Where a node that is a process of its own prints to. */
    public Path nodeLog(String service, int number) {
        return path.resolve(service + "-" + number + ".log");
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
