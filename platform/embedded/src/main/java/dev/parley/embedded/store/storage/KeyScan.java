package dev.parley.embedded.store.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads the keys of some ranges in order, forwards or backwards.
 *
 * <p>It reads from one snapshot until {@link #pause()}, which releases the snapshot and keeps only the last key. The next
 * {@link #advance()} goes on after that key, with a new snapshot. So an open cursor holds no storage between two batches.
 */
public final class KeyScan implements AutoCloseable {

    private final KeyValueStorage storage;
    private final ColumnFamily family;
    private final List<KeyRange> ranges;
    private final boolean backwards;
    private int current;
    private @Nullable StorageSnapshot snapshot;
    private StorageSnapshot.@Nullable RangeIterator open;
    private byte @Nullable [] key;

    /** @param ranges sorted and disjoint */
    public KeyScan(KeyValueStorage storage, ColumnFamily family, List<KeyRange> ranges, boolean backwards) {
        this.storage = storage;
        this.family = family;
        this.ranges = ranges;
        this.backwards = backwards;
        this.current = backwards ? ranges.size() - 1 : 0;
    }

    /** Moves to the next key; false when there is none. */
    public boolean advance() {
        if (isExhausted()) {
            return false;
        }
        boolean resumed = open == null;
        RocksIterator iterator = iterator();
        if (key == null) {
            enter(iterator, ranges.get(current).start(), ranges.get(current).end());
        } else if (resumed) {
            enter(iterator, Arrays.copyOf(key, key.length + 1), key);
        } else if (backwards) {
            iterator.prev();
        } else {
            iterator.next();
        }
        while (!accepts(iterator)) {
            current += backwards ? -1 : 1;
            if (isExhausted()) {
                pause();
                return false;
            }
            enter(iterator, ranges.get(current).start(), ranges.get(current).end());
        }
        key = iterator.key();
        return true;
    }

    private boolean isExhausted() {
        return current < 0 || current >= ranges.size();
    }

    private RocksIterator iterator() {
        if (open == null) {
            snapshot = storage.snapshot();
            KeyRange all = new KeyRange(
                    ranges.get(0).start(), ranges.get(ranges.size() - 1).end());
            open = snapshot.iterate(family, all);
        }
        return open.iterator();
    }

    private void enter(RocksIterator iterator, byte[] from, byte[] before) {
        if (!backwards) {
            iterator.seek(from);
            return;
        }
        iterator.seekForPrev(before);
        if (iterator.isValid() && Arrays.equals(iterator.key(), before)) {
            iterator.prev();
        }
    }

    private boolean accepts(RocksIterator iterator) {
        if (iterator.isValid()) {
            return ranges.get(current).contains(iterator.key());
        }
        try {
            iterator.status();
            return false;
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    public byte[] key() {
        return Objects.requireNonNull(key);
    }

    public byte[] value() {
        return Objects.requireNonNull(open).iterator().value();
    }

    /** The value of any key, from the snapshot from which the current key was read. */
    public byte @Nullable [] get(ColumnFamily of, byte[] otherKey) {
        return Objects.requireNonNull(snapshot).get(of, otherKey);
    }

    /** Releases everything but the last key. */
    public void pause() {
        if (open != null) {
            open.close();
            open = null;
        }
        if (snapshot != null) {
            snapshot.close();
            snapshot = null;
        }
    }

    @Override
    public void close() {
        pause();
        current = ranges.size();
    }
}
