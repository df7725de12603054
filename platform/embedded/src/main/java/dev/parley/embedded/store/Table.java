package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.key.Bytes;
import dev.parley.embedded.store.key.KeyEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one collection with their index entries and their number, changed together in one batch: an index
 * cannot say what the documents do not.
 *
 * <p>One thread writes at a time: callers hold the collection's lock. Any number read.
 */
final class Table {

    private final Storage storage;
    private final Catalog catalog;
    private final StoredIndex primary;
    private volatile Catalog.Entry entry;
    private volatile long count;

    Table(Storage storage, Catalog catalog, Catalog.Entry entry) {
        this.storage = storage;
        this.catalog = catalog;
        this.entry = entry;
        this.primary = new StoredIndex(IndexSpec.ofId(), entry.keyspace(), 0);
        this.count = catalog.count(entry.keyspace());
    }

    Storage storage() {
        return storage;
    }

    Catalog.Entry entry() {
        return entry;
    }

    String namespace() {
        return entry.namespace();
    }

    StoredIndex primary() {
        return primary;
    }

    /** The indexes besides the primary. */
    List<StoredIndex> indexes() {
        return entry.indexes();
    }

    long count() {
        return count;
    }

    byte[] keyOf(@Nullable Object id) {
        return Bytes.concat(Bytes.ofInt(entry.keyspace()), KeyEncoder.encode(id));
    }

    void insert(Document document) {
        byte[] key = keyOf(document.get("_id"));
        if (storage.get(Family.DOCUMENTS, key) != null) {
            throw DuplicateKeys.error(namespace(), primary.spec(), document);
        }
        change(key, null, document, count + 1);
    }

    void replace(Document before, Document after) {
        change(keyOf(before.get("_id")), before, after, count);
    }

    void delete(Document document) {
        change(keyOf(document.get("_id")), document, null, count - 1);
    }

    private void change(byte[] key, @Nullable Document before, @Nullable Document after, long newCount) {
        try (Batch batch = storage.batch()) {
            boolean learned = false;
            for (StoredIndex index : indexes()) {
                learned |= changeEntries(batch, index, key, before, after);
            }
            if (learned) {
                catalog.put(batch, entry);
            }
            if (after == null) {
                batch.delete(Family.DOCUMENTS, key);
            } else {
                batch.put(Family.DOCUMENTS, key, Bson.encode(after));
            }
            if (newCount != count) {
                catalog.putCount(batch, entry.keyspace(), newCount);
            }
            storage.write(batch);
            count = newCount;
        }
    }

    /** Returns whether the index learned that documents hold arrays at one more of its fields. */
    private boolean changeEntries(
            Batch batch, StoredIndex index, byte[] key, @Nullable Document before, @Nullable Document after) {
        IndexKeys added = after == null ? IndexKeys.NONE : index.keysOf(after);
        SortedSet<byte[]> old =
                before == null ? IndexKeys.NONE.keys() : index.keysOf(before).keys();
        for (byte[] gone : StoredIndex.difference(old, added.keys())) {
            batch.delete(Family.ENTRIES, index.entryKey(gone, key));
        }
        for (byte[] fresh : StoredIndex.difference(added.keys(), old)) {
            byte[] entryKey = index.entryKey(fresh, key);
            if (index.spec().unique() && after != null) {
                rejectDuplicate(index, entryKey, key, after);
            }
            batch.put(Family.ENTRIES, entryKey, key);
        }
        long learned = added.arrays() & ~index.arrays();
        index.noteArrays(learned);
        return learned != 0;
    }

    private void rejectDuplicate(StoredIndex index, byte[] entryKey, byte[] key, Document document) {
        byte[] holder = storage.get(Family.ENTRIES, entryKey);
        if (holder != null && !Arrays.equals(holder, key)) {
            throw DuplicateKeys.error(namespace(), index.spec(), document);
        }
    }

    /** From now on the table has these indexes; the caller stores the entry. */
    void changeEntry(Catalog.Entry changed) {
        this.entry = changed;
    }
}
