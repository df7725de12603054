package dev.parley.embedded.store;

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

/** The store as it was at one moment: what an index says and what a document says agree. */
final class View implements AutoCloseable {

    private final RocksDB db;
    private final Map<Family, ColumnFamilyHandle> handles;
    private final Snapshot snapshot;
    private final ReadOptions options;

    View(RocksDB db, Map<Family, ColumnFamilyHandle> handles) {
        this.db = db;
        this.handles = handles;
        this.snapshot = db.getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    byte @Nullable [] get(Family family, byte[] key) {
        try {
            return db.get(handle(family), options, key);
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    /** An iterator that stays inside the range; the bounds spare it the tombstones and blocks beyond. */
    Steps steps(Family family, KeyRange range) {
        Slice lower = new Slice(range.start());
        Slice upper = new Slice(range.end());
        ReadOptions bounded = new ReadOptions()
                .setSnapshot(snapshot)
                .setIterateLowerBound(lower)
                .setIterateUpperBound(upper);
        return new Steps(db.newIterator(handle(family), bounded), bounded, lower, upper);
    }

    private ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(handles.get(family));
    }

    @Override
    public void close() {
        options.close();
        db.releaseSnapshot(snapshot);
        snapshot.close();
    }

    /** A native iterator with what it needs to live. */
    record Steps(RocksIterator iterator, ReadOptions options, Slice lower, Slice upper) implements AutoCloseable {
        @Override
        public void close() {
            iterator.close();
            options.close();
            lower.close();
            upper.close();
        }
    }
}
