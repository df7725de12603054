package dev.parley.embedded.store.table;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.document.BsonCodec;
import dev.parley.embedded.store.index.IndexKeys;
import dev.parley.embedded.store.index.IndexSpec;
import dev.parley.embedded.store.index.StoredIndex;
import dev.parley.embedded.store.key.Bytes;
import dev.parley.embedded.store.key.KeyEncoder;
import dev.parley.embedded.store.storage.ColumnFamily;
import dev.parley.embedded.store.storage.KeyRange;
import dev.parley.embedded.store.storage.KeyScan;
import dev.parley.embedded.store.storage.KeyValueStorage;
import dev.parley.embedded.store.storage.StorageBatch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one collection with their index entries and their count. One batch changes all three, so that an index
 * never disagrees with the documents.
 *
 * <p>Any number of threads may read. One at a time may write: the callers hold the lock of the collection.
 */
public final class Table {

    private final KeyValueStorage storage;
    private final Catalog catalog;
    private final StoredIndex primary;
    private volatile Catalog.Entry entry;
    private volatile long count;

    Table(KeyValueStorage storage, Catalog catalog, Catalog.Entry entry) {
        this.storage = storage;
        this.catalog = catalog;
        this.entry = entry;
        this.primary = new StoredIndex(IndexSpec.ofId(), entry.keyspace(), 0);
        this.count = catalog.count(entry.keyspace());
    }

    KeyValueStorage storage() {
        return storage;
    }

    Catalog.Entry entry() {
        return entry;
    }

    /** {@code database.collection}. */
    public String namespace() {
        return entry.namespace();
    }

    /** The index on the id. */
    public StoredIndex primary() {
        return primary;
    }

    /** All indexes but the primary. */
    public List<StoredIndex> indexes() {
        return entry.indexes();
    }

    public long count() {
        return count;
    }

    public byte[] keyOf(@Nullable Object id) {
        return Bytes.concat(Bytes.ofInt(entry.keyspace()), KeyEncoder.encode(id));
    }

    public void insert(Document document) {
        byte[] key = keyOf(document.get("_id"));
        if (storage.get(ColumnFamily.DOCUMENTS, key) != null) {
            throw DuplicateKeys.error(namespace(), primary.spec(), document);
        }
        change(key, null, document, count + 1);
    }

    public void replace(Document before, Document after) {
        change(keyOf(before.get("_id")), before, after, count);
    }

    public void delete(Document document) {
        change(keyOf(document.get("_id")), document, null, count - 1);
    }

    private void change(byte[] key, @Nullable Document before, @Nullable Document after, long newCount) {
        try (StorageBatch batch = storage.batch()) {
            boolean arraysAreNew = false;
            for (StoredIndex index : indexes()) {
                arraysAreNew |= changeEntries(batch, index, key, before, after);
            }
            if (arraysAreNew) {
                catalog.put(batch, entry);
            }
            if (after == null) {
                batch.delete(ColumnFamily.DOCUMENTS, key);
            } else {
                batch.put(ColumnFamily.DOCUMENTS, key, BsonCodec.encode(after));
            }
            if (newCount != count) {
                catalog.putCount(batch, entry.keyspace(), newCount);
            }
            storage.write(batch);
            count = newCount;
        }
    }

    /** Returns whether this is the first document that holds an array at some field of the index. */
    private boolean changeEntries(
            StorageBatch batch, StoredIndex index, byte[] key, @Nullable Document before, @Nullable Document after) {
        IndexKeys added = after == null ? IndexKeys.NONE : index.keysOf(after);
        IndexKeys removed = before == null ? IndexKeys.NONE : index.keysOf(before);
        for (byte[] old : removed.notIn(added)) {
            batch.delete(ColumnFamily.ENTRIES, index.entryKey(old, key));
        }
        for (byte[] fresh : added.notIn(removed)) {
            byte[] entryKey = index.entryKey(fresh, key);
            if (index.spec().unique() && after != null) {
                rejectDuplicate(index, entryKey, key, after);
            }
            batch.put(ColumnFamily.ENTRIES, entryKey, key);
        }
        long newArrays = added.arrays() & ~index.arrays();
        index.noteArrays(newArrays);
        return newArrays != 0;
    }

    private void rejectDuplicate(StoredIndex index, byte[] entryKey, byte[] key, Document document) {
        byte[] holder = storage.get(ColumnFamily.ENTRIES, entryKey);
        if (holder != null && !Arrays.equals(holder, key)) {
            throw DuplicateKeys.error(namespace(), index.spec(), document);
        }
    }

    /** Builds the index before it returns. The caller knows that no other index has its name. */
    public void createIndex(IndexSpec spec) {
        new IndexBuilder(storage, catalog, this).create(spec);
    }

    public void dropIndex(String name) {
        new IndexBuilder(storage, catalog, this).drop(name);
    }

    /** Reads ranges of an index. The values are the documents for the primary index, and their keys for any other index. */
    public KeyScan scan(StoredIndex index, List<KeyRange> ranges, boolean backwards) {
        ColumnFamily family = index.isPrimary() ? ColumnFamily.DOCUMENTS : ColumnFamily.ENTRIES;
        return new KeyScan(storage, family, ranges, backwards);
    }

    /** The document of a key as it was when the current entry of the scan was read, or null if there was none. */
    public byte @Nullable [] document(byte[] documentKey, KeyScan scan) {
        return scan.get(ColumnFamily.DOCUMENTS, documentKey);
    }

    /** About how many bytes the documents take. */
    public long documentBytes() {
        return storage.approximateSize(ColumnFamily.DOCUMENTS, entry.keyspace());
    }

    /** About how many bytes the entries of an index take. */
    public long indexBytes(StoredIndex index) {
        return storage.approximateSize(ColumnFamily.ENTRIES, index.keyspace());
    }

    /** Compares every index with every document and reports the differences, as the command {@code validate} does. */
    public Document validate() {
        return TableValidation.of(this);
    }

    /** From now on the table has the indexes of this entry, which the caller stores. */
    void changeEntry(Catalog.Entry changed) {
        this.entry = changed;
    }
}
