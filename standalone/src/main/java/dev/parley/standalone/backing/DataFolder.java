package dev.parley.standalone.backing;

import dev.parley.standalone.lifecycle.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder that keeps all data, for the user alone who runs the platform. A lock lets one process use it at a time, and ends
 * with that process.
 */
public final class DataFolder implements AutoCloseable {

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

    public Path kafka() {
        return path.resolve("kafka");
    }

    public Path store() {
        return path.resolve("store");
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
