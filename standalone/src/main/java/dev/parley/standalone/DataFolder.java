package dev.parley.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder with everything that outlives the process. One process has it at a time; the lock ends with the process, however it ends. */
final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** @throws Refusal if another process has the folder, or it cannot be written */
    static DataFolder lock(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel file =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                file.close();
                throw new Refusal("The data folder " + path + " is in use by another process: stop it, or choose"
                        + " another folder with --data");
            }
            return new DataFolder(path, file);
        } catch (IOException unusable) {
            throw new Refusal("The data folder " + path + " cannot be used: " + unusable);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException ownedByThisProcess) {
            return null;
        }
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path store() {
        return path.resolve("store");
    }

    Path mongod() {
        return path.resolve("mongod");
    }

    /** What a presence node in a process of its own prints. */
    Path presenceLog(int number) {
        return path.resolve("presence-" + number + ".log");
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
