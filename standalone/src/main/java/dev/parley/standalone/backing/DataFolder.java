package dev.parley.standalone.backing;

import dev.parley.standalone.lifecycle.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder that keeps all data, for the user alone who runs the platform. A lock lets one process use it at a time, and ends
 * with that process.
 */
public final class DataFolder implements AutoCloseable {

    /** Bytes: the logs that a start writes before anything is deleted. */
    private static final long ROOM_FOR_A_START = 32L << 20;

    private final Path path;
    private final FileChannel lockFile;
    private final SecretFiles secrets;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
        this.secrets = new SecretFiles(path.resolve("secrets"));
    }

    /** @throws StartupException if another process has the folder, or it cannot be written */
    public static DataFolder lock(Path path) {
        try {
            PrivateFiles.createFolder(path);
            FileChannel file =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                file.close();
                throw new StartupException("The data folder " + path
                        + " is in use by another process: stop it, or choose" + " another folder with --data");
            }
            PrivateFiles.restrict(path);
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

    Path path() {
        return path.toAbsolutePath();
    }

    public Path kafka() {
        return path.resolve("kafka");
    }

    public Path store() {
        return path.resolve("store");
    }

    /** What users upload. */
    public Path files() {
        return path().resolve("files");
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
