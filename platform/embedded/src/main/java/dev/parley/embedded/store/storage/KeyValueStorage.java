package dev.parley.embedded.store.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Range;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WriteOptions;

/** The files of one store, kept by RocksDB: ordered keys in three column families, written in atomic batches to one log. */
public final class KeyValueStorage implements AutoCloseable {

    private final RocksDB db;
    private final RocksDbOptions options;
    private final Map<ColumnFamily, ColumnFamilyHandle> handles = new EnumMap<>(ColumnFamily.class);
    private final WriteOptions writeOptions = new WriteOptions();
    private final LogSync logSync;

    /** Batches are written under its read lock, many at a time. */
    private final ReadWriteLock writing = new ReentrantReadWriteLock();

    private KeyValueStorage(
            RocksDB db, RocksDbOptions options, List<ColumnFamilyHandle> opened, boolean syncEachWrite) {
        this.db = db;
        this.options = options;
        for (ColumnFamily family : ColumnFamily.values()) {
            handles.put(family, opened.get(family.ordinal()));
        }
        this.logSync = new LogSync(db::syncWal, syncEachWrite);
    }

    public static KeyValueStorage open(Path directory, long cacheBytes, boolean syncEachWrite) throws IOException {
        Files.createDirectories(directory);
        RocksDB.loadLibrary();
        RocksDbOptions options = new RocksDbOptions(cacheBytes);
        List<ColumnFamilyDescriptor> families = Arrays.stream(ColumnFamily.values())
                .map(family -> new ColumnFamilyDescriptor(family.storedName(), options.familyOptions()))
                .toList();
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        try {
            RocksDB db = RocksDB.open(options.databaseOptions(), directory.toString(), families, opened);
            return new KeyValueStorage(db, options, opened, syncEachWrite);
        } catch (RocksDBException e) {
            options.close();
            throw new IOException("Cannot open the store in " + directory + ": " + e.getMessage(), e);
        }
    }

    public byte @Nullable [] get(ColumnFamily family, byte[] key) {
        try {
            return db.get(handle(family), key);
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    public StorageBatch batch() {
        return new StorageBatch(handles);
    }

    /** Makes all changes of the batch visible at once. {@link #awaitDurable} then waits until they are safe. */
    public void write(StorageBatch batch) {
        writing.readLock().lock();
        try {
            db.write(writeOptions, batch.toWriteBatch());
        } catch (RocksDBException e) {
            throw new StorageException(e);
        } finally {
            writing.readLock().unlock();
        }
    }

    /**
     * Makes a copy of all files as they are at one moment. It shares its large files with this storage, which never change, so
     * it takes little time and room. Nothing is written at that moment.
     *
     * @param folder does not exist, on the same file system
     * @param meanwhile done while nothing can be written, before the copy is made; it must be short
     */
    public void checkpoint(Path folder, Runnable meanwhile) throws IOException {
        try (FlushOptions flush = new FlushOptions();
                Checkpoint checkpoint = Checkpoint.create(db)) {
            // Most of the work, before anybody has to wait.
            db.flush(flush, List.copyOf(handles.values()));
            writing.writeLock().lock();
            try {
                meanwhile.run();
                checkpoint.createCheckpoint(folder.toString());
            } finally {
                writing.writeLock().unlock();
            }
        } catch (RocksDBException e) {
            throw new IOException("Cannot copy the store to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Waits until all that this thread has written is as safe as the sync policy promises. */
    public void awaitDurable() {
        logSync.await();
    }

    /** The storage as it is now; later writes do not show in it. */
    StorageSnapshot snapshot() {
        return new StorageSnapshot(db, handles);
    }

    private ColumnFamilyHandle handle(ColumnFamily family) {
        return Objects.requireNonNull(handles.get(family));
    }

    /** The bytes on disk that a family's files take, without the log. */
    public long sizeOnDisk(ColumnFamily family) {
        try {
            return db.getLongProperty(handle(family), "rocksdb.total-sst-files-size");
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    /** About how many bytes a key space takes, on disk and in the write buffers. */
    public long approximateSize(ColumnFamily family, int keyspace) {
        KeyRange keys = KeyRange.of(keyspace);
        try (Slice start = new Slice(keys.start());
                Slice end = new Slice(keys.end())) {
            return db.getApproximateSizes(
                            handle(family),
                            List.of(new Range(start, end)),
                            SizeApproximationFlag.INCLUDE_FILES,
                            SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
        }
    }

    @Override
    public void close() {
        handles.values().forEach(ColumnFamilyHandle::close);
        try {
            db.closeE();
        } catch (RocksDBException e) {
            throw new StorageException(e);
        } finally {
            db.close();
            writeOptions.close();
            options.close();
        }
    }
}
