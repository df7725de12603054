package dev.parley.embedded.store.table;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.document.BsonCodec;
import dev.parley.embedded.store.index.IndexSpec;
import dev.parley.embedded.store.index.StoredIndex;
import dev.parley.embedded.store.key.Bytes;
import dev.parley.embedded.store.storage.ColumnFamily;
import dev.parley.embedded.store.storage.KeyRange;
import dev.parley.embedded.store.storage.KeyScan;
import dev.parley.embedded.store.storage.KeyValueStorage;
import dev.parley.embedded.store.storage.StorageBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The list of tables with their indexes, and the number of documents in each. It also hands out key spaces, each only once,
 * and removes at the start what a crash left of an index that was being built.
 */
public final class Catalog {

    private static final int FIRST_KEYSPACE = 1;
    private static final byte[] NEXT_KEYSPACE = key('k', "");

    private final KeyValueStorage storage;
    private int nextKeyspace;

    public Catalog(KeyValueStorage storage) {
        this.storage = storage;
        byte[] next = storage.get(ColumnFamily.CATALOG, NEXT_KEYSPACE);
        this.nextKeyspace =
                next == null ? FIRST_KEYSPACE : ByteBuffer.wrap(next).getInt();
        removeUnfinishedIndexes();
    }

    /** A table as it is stored. */
    record Entry(String namespace, int keyspace, List<StoredIndex> indexes) {}

    /** All tables. This reads their catalogue entries and none of their documents. */
    public List<Table> tables() {
        List<Table> result = new ArrayList<>();
        KeyRange range = new KeyRange(key('c', ""), key('d', ""));
        try (KeyScan scan = new KeyScan(storage, ColumnFamily.CATALOG, List.of(range), false)) {
            while (scan.advance()) {
                String namespace = new String(scan.key(), 1, scan.key().length - 1, StandardCharsets.UTF_8);
                result.add(new Table(storage, this, decode(namespace, BsonCodec.decode(scan.value()))));
            }
        }
        return result;
    }

    /** @param namespace {@code database.collection}; the caller knows that there is no such table yet */
    public Table create(String namespace) {
        Entry entry = new Entry(namespace, allocateKeyspace(), List.of());
        try (StorageBatch batch = storage.batch()) {
            put(batch, entry);
            storage.write(batch);
        }
        return new Table(storage, this, entry);
    }

    /** Removes the table with its documents and indexes. */
    public void drop(Table table) {
        Entry entry = table.entry();
        try (StorageBatch batch = storage.batch()) {
            batch.delete(ColumnFamily.CATALOG, key('c', entry.namespace()));
            batch.delete(ColumnFamily.CATALOG, countKey(entry.keyspace()));
            batch.delete(ColumnFamily.DOCUMENTS, KeyRange.of(entry.keyspace()));
            entry.indexes().forEach(index -> batch.delete(ColumnFamily.ENTRIES, KeyRange.of(index.keyspace())));
            storage.write(batch);
        }
    }

    long count(int keyspace) {
        byte[] count = storage.get(ColumnFamily.CATALOG, countKey(keyspace));
        return count == null ? 0 : ByteBuffer.wrap(count).getLong();
    }

    void putCount(StorageBatch batch, int keyspace, long count) {
        batch.put(
                ColumnFamily.CATALOG,
                countKey(keyspace),
                ByteBuffer.allocate(Long.BYTES).putLong(count).array());
    }

    /** A new key space. It is stored at once, so that it is not given out again after a crash. */
    synchronized int allocateKeyspace() {
        int keyspace = nextKeyspace++;
        try (StorageBatch batch = storage.batch()) {
            batch.put(ColumnFamily.CATALOG, NEXT_KEYSPACE, Bytes.ofInt(nextKeyspace));
            storage.write(batch);
        }
        return keyspace;
    }

    void put(StorageBatch batch, Entry entry) {
        batch.put(ColumnFamily.CATALOG, key('c', entry.namespace()), BsonCodec.encode(encode(entry)));
    }

    /** Marks an index as being built. If the process dies meanwhile, the next start removes the entries of the index. */
    void beginIndex(StorageBatch batch, int keyspace) {
        batch.put(ColumnFamily.CATALOG, buildingKey(keyspace), new byte[0]);
    }

    void endIndex(StorageBatch batch, int keyspace) {
        batch.delete(ColumnFamily.CATALOG, buildingKey(keyspace));
    }

    private void removeUnfinishedIndexes() {
        KeyRange range = new KeyRange(key('b', ""), key('c', ""));
        try (KeyScan scan = new KeyScan(storage, ColumnFamily.CATALOG, List.of(range), false);
                StorageBatch batch = storage.batch()) {
            while (scan.advance()) {
                int keyspace = ByteBuffer.wrap(scan.key(), 1, Integer.BYTES).getInt();
                batch.delete(ColumnFamily.ENTRIES, KeyRange.of(keyspace));
                endIndex(batch, keyspace);
            }
            storage.write(batch);
        }
    }

    private static Document encode(Entry entry) {
        List<Document> indexes = new ArrayList<>();
        for (StoredIndex index : entry.indexes()) {
            indexes.add(new Document("spec", index.spec().source())
                    .append("keyspace", index.keyspace())
                    .append("arrays", index.arrays()));
        }
        return new Document("keyspace", entry.keyspace()).append("indexes", indexes);
    }

    private static Entry decode(String namespace, Document stored) {
        List<StoredIndex> indexes = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(stored.get("indexes"))) {
            Document index = (Document) each;
            indexes.add(new StoredIndex(
                    IndexSpec.of((Document) Objects.requireNonNull(index.get("spec"))),
                    (Integer) Objects.requireNonNull(index.get("keyspace")),
                    (Long) Objects.requireNonNull(index.get("arrays"))));
        }
        return new Entry(namespace, (Integer) Objects.requireNonNull(stored.get("keyspace")), indexes);
    }

    private static byte[] countKey(int keyspace) {
        return Bytes.concat(key('n', ""), Bytes.ofInt(keyspace));
    }

    private static byte[] buildingKey(int keyspace) {
        return Bytes.concat(key('b', ""), Bytes.ofInt(keyspace));
    }

    private static byte[] key(char kind, String name) {
        return (kind + name).getBytes(StandardCharsets.UTF_8);
    }
}
