package dev.parley.embedded.store;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Walks the keys of some ranges in order, forwards or backwards.
 *
 * <p>Between {@link #pause()} and the next {@link #advance()} it holds nothing but the last key, so a client may keep a
 * cursor open for as long as it likes. What it sees is one moment's state until it pauses.
 */
final class KeyScan implements AutoCloseable {

    private final Storage storage;
    private final Family family;
    private final List<KeyRange> ranges;
    private final boolean backwards;
    private int current;
    private @Nullable View view;
    private View.@Nullable Steps steps;
    private byte @Nullable [] key;

    /** Walks ranges that are sorted and do not overlap. */
    KeyScan(Storage storage, Family family, List<KeyRange> ranges, boolean backwards) {
        this.storage = storage;
        this.family = family;
        this.ranges = ranges;
        this.backwards = backwards;
        this.current = backwards ? ranges.size() - 1 : 0;
    }

    /** Moves to the next key; false when there is none. */
    boolean advance() {
        if (isExhausted()) {
            return false;
        }
        boolean resumed = steps == null;
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
        if (steps == null) {
            view = storage.view();
            KeyRange all = new KeyRange(
                    ranges.get(0).start(), ranges.get(ranges.size() - 1).end());
            steps = view.steps(family, all);
        }
        return steps.iterator();
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

    byte[] key() {
        return Objects.requireNonNull(key);
    }

    byte[] value() {
        return Objects.requireNonNull(steps).iterator().value();
    }

    /** The state that the current key belongs to. */
    View view() {
        return Objects.requireNonNull(view);
    }

    /** Lets go of everything but the place. */
    void pause() {
        if (steps != null) {
            steps.close();
            steps = null;
        }
        if (view != null) {
            view.close();
            view = null;
        }
    }

    @Override
    public void close() {
        pause();
        current = ranges.size();
    }
}
