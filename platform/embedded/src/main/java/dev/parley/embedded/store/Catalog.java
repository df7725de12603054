package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.key.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the store knows of itself: its collections with their indexes, the number of documents of each, the next free key
 * space, and the indexes whose building a crash may have broken off. Key spaces are never used twice.
 */
final class Catalog {

    private static final int FIRST_KEYSPACE = 1;
    private static final byte[] NEXT_KEYSPACE = key('k', "");

    private final Storage storage;
    private int nextKeyspace;

    Catalog(Storage storage) {
        this.storage = storage;
        byte[] next = storage.get(Family.CATALOG, NEXT_KEYSPACE);
        this.nextKeyspace =
                next == null ? FIRST_KEYSPACE : ByteBuffer.wrap(next).getInt();
        removeUnfinishedIndexes();
    }

    /** A collection as it is stored. */
    record Entry(String namespace, int keyspace, List<StoredIndex> indexes) {}

    List<Entry> collections() {
        List<Entry> result = new ArrayList<>();
        KeyRange range = new KeyRange(key('c', ""), key('d', ""));
        try (KeyScan scan = new KeyScan(storage, Family.CATALOG, List.of(range), false)) {
            while (scan.advance()) {
                String namespace = new String(scan.key(), 1, scan.key().length - 1, StandardCharsets.UTF_8);
                result.add(decode(namespace, Bson.decode(scan.value())));
            }
        }
        return result;
    }

    long count(int keyspace) {
        byte[] count = storage.get(Family.CATALOG, countKey(keyspace));
        return count == null ? 0 : ByteBuffer.wrap(count).getLong();
    }

    void putCount(Batch batch, int keyspace, long count) {
        batch.put(
                Family.CATALOG,
                countKey(keyspace),
                ByteBuffer.allocate(Long.BYTES).putLong(count).array());
    }

    /** A key space that nobody has used or will; stored at once, so that a crash cannot give it out again. */
    synchronized int allocateKeyspace() {
        int keyspace = nextKeyspace++;
        try (Batch batch = storage.batch()) {
            batch.put(Family.CATALOG, NEXT_KEYSPACE, Bytes.ofInt(nextKeyspace));
            storage.write(batch);
        }
        return keyspace;
    }

    void put(Batch batch, Entry entry) {
        batch.put(Family.CATALOG, key('c', entry.namespace()), Bson.encode(encode(entry)));
    }

    void remove(Batch batch, Entry entry) {
        batch.delete(Family.CATALOG, key('c', entry.namespace()));
        batch.delete(Family.CATALOG, countKey(entry.keyspace()));
        batch.delete(Family.DOCUMENTS, KeyRange.of(entry.keyspace()));
        entry.indexes().forEach(index -> batch.delete(Family.ENTRIES, KeyRange.of(index.keyspace())));
    }

    void removeName(Batch batch, String namespace) {
        batch.delete(Family.CATALOG, key('c', namespace));
    }

    /** Marks the index as being built: should the process die, its entries go at the next start. */
    void beginIndex(Batch batch, int keyspace) {
        batch.put(Family.CATALOG, Bytes.concat(key('b', ""), Bytes.ofInt(keyspace)), new byte[0]);
    }

    void endIndex(Batch batch, int keyspace) {
        batch.delete(Family.CATALOG, Bytes.concat(key('b', ""), Bytes.ofInt(keyspace)));
    }

    private void removeUnfinishedIndexes() {
        KeyRange range = new KeyRange(key('b', ""), key('c', ""));
        try (KeyScan scan = new KeyScan(storage, Family.CATALOG, List.of(range), false);
                Batch batch = storage.batch()) {
            while (scan.advance()) {
                int keyspace = ByteBuffer.wrap(scan.key(), 1, Integer.BYTES).getInt();
                batch.delete(Family.ENTRIES, KeyRange.of(keyspace));
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

    private static byte[] key(char kind, String name) {
        return (kind + name).getBytes(StandardCharsets.UTF_8);
    }
}
