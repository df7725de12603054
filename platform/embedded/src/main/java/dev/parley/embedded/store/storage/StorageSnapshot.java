package dev.parley.embedded.store.storage;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** The storage as it was at one moment, so that index entries and documents agree. */
final class StorageSnapshot implements AutoCloseable {

    private final RocksDB db;
    private final Map<ColumnFamily, ColumnFamilyHandle> handles;
    private final Snapshot snapshot;
    private final ReadOptions options;

    StorageSnapshot(RocksDB db, Map<ColumnFamily, ColumnFamilyHandle> handles) {
        this.db = db;
        this.handles = handles;
        this.snapshot = db.getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    byte @Nullable [] get(ColumnFamily family, byte[] key) {
        try {
            return db.get(handle(family), options, key);
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    /** An iterator over one range. Its bounds keep RocksDB from reading blocks and tombstones outside of it. */
    RangeIterator iterate(ColumnFamily family, KeyRange range) {
        Slice lower = new Slice(range.start());
        Slice upper = new Slice(range.end());
        ReadOptions bounded = new ReadOptions()
                .setSnapshot(snapshot)
                .setIterateLowerBound(lower)
                .setIterateUpperBound(upper);
        return new RangeIterator(db.newIterator(handle(family), bounded), bounded, lower, upper);
    }

    private ColumnFamilyHandle handle(ColumnFamily family) {
        return Objects.requireNonNull(handles.get(family));
    }

    @Override
    public void close() {
        options.close();
        db.releaseSnapshot(snapshot);
        snapshot.close();
    }

    /** A native iterator with the native objects that it uses. */
    record RangeIterator(RocksIterator iterator, ReadOptions options, Slice lower, Slice upper)
            implements AutoCloseable {
        @Override
        public void close() {
            iterator.close();
            options.close();
            lower.close();
            upper.close();
        }
    }
}
