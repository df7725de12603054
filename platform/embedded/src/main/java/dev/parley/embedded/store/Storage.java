package dev.parley.embedded.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Range;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WriteOptions;

/** The files of one store: ordered keys in three families, written in atomic batches through one log. */
final class Storage implements AutoCloseable {

    private final RocksDB db;
    private final Tuning tuning;
    private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
    private final WriteOptions writeOptions = new WriteOptions();
    private final LogSync logSync;

    private Storage(RocksDB db, Tuning tuning, List<ColumnFamilyHandle> opened, boolean syncEachWrite) {
        this.db = db;
        this.tuning = tuning;
        for (Family family : Family.values()) {
            handles.put(family, opened.get(family.ordinal()));
        }
        this.logSync = new LogSync(db::syncWal, syncEachWrite);
    }

    static Storage open(Path directory, long cacheBytes, boolean syncEachWrite) throws IOException {
        Files.createDirectories(directory);
        RocksDB.loadLibrary();
        Tuning tuning = new Tuning(cacheBytes);
        List<ColumnFamilyDescriptor> families = Arrays.stream(Family.values())
                .map(family -> new ColumnFamilyDescriptor(family.storedName(), tuning.familyOptions()))
                .toList();
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        try {
            RocksDB db = RocksDB.open(tuning.databaseOptions(), directory.toString(), families, opened);
            return new Storage(db, tuning, opened, syncEachWrite);
        } catch (RocksDBException e) {
            tuning.close();
            throw new IOException("Cannot open the store in " + directory + ": " + e.getMessage(), e);
        }
    }

    byte @Nullable [] get(Family family, byte[] key) {
        try {
            return db.get(handle(family), key);
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    Batch batch() {
        return new Batch(handles);
    }

    /** Makes the batch visible, all of it or nothing; {@link #acknowledge} makes it durable. */
    void write(Batch batch) {
        try {
            db.write(writeOptions, batch.toWriteBatch());
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    /** Returns when what this thread has written is as safe as the store promises. */
    void acknowledge() {
        logSync.await();
    }

    /** What is stored at this moment; later writes do not show. */
    View view() {
        return new View(db, handles);
    }

    private ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(handles.get(family));
    }

    /** The bytes on disk that a family's files take, without the log. */
    long sizeOnDisk(Family family) {
        try {
            return db.getLongProperty(handle(family), "rocksdb.total-sst-files-size");
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    /** About how many bytes a key space takes, on disk and in the write buffers. */
    long approximateSize(Family family, int keyspace) {
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
            tuning.close();
        }
    }
}
