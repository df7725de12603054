package dev.parley.embedded.store.table;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.document.BsonCodec;
import dev.parley.embedded.store.index.IndexKeys;
import dev.parley.embedded.store.index.IndexSpec;
import dev.parley.embedded.store.index.StoredIndex;
import dev.parley.embedded.store.storage.ColumnFamily;
import dev.parley.embedded.store.storage.KeyRange;
import dev.parley.embedded.store.storage.KeyScan;
import dev.parley.embedded.store.storage.KeyValueStorage;
import dev.parley.embedded.store.storage.StorageBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Builds and drops the indexes of a table. The callers hold the lock of the collection, so no document changes meanwhile. */
final class IndexBuilder {

    private static final int DOCUMENTS_PER_BATCH = 1_000;

    private final KeyValueStorage storage;
    private final Catalog catalog;
    private final Table table;

    IndexBuilder(KeyValueStorage storage, Catalog catalog, Table table) {
        this.storage = storage;
        this.catalog = catalog;
        this.table = table;
    }

    void create(IndexSpec spec) {
        StoredIndex index = new StoredIndex(spec, catalog.allocateKeyspace(), 0);
        try (StorageBatch batch = storage.batch()) {
            catalog.beginIndex(batch, index.keyspace());
            storage.write(batch);
        }
        try {
            fill(index);
        } catch (RuntimeException e) {
            discard(index);
            throw e;
        }
        List<StoredIndex> indexes = new ArrayList<>(table.indexes());
        indexes.add(index);
        try (StorageBatch batch = storage.batch()) {
            catalog.endIndex(batch, index.keyspace());
            store(batch, indexes);
        }
    }

    void drop(String name) {
        List<StoredIndex> kept = new ArrayList<>(table.indexes());
        try (StorageBatch batch = storage.batch()) {
            kept.removeIf(index -> {
                boolean dropped = index.name().equals(name);
                if (dropped) {
                    batch.delete(ColumnFamily.ENTRIES, KeyRange.of(index.keyspace()));
                }
                return dropped;
            });
            store(batch, kept);
        }
    }

    private void store(StorageBatch batch, List<StoredIndex> indexes) {
        Catalog.Entry changed =
                new Catalog.Entry(table.namespace(), table.entry().keyspace(), List.copyOf(indexes));
        catalog.put(batch, changed);
        storage.write(batch);
        table.changeEntry(changed);
    }

    private void fill(StoredIndex index) {
        KeyRange all = KeyRange.of(table.entry().keyspace());
        try (KeyScan scan = new KeyScan(storage, ColumnFamily.DOCUMENTS, List.of(all), false)) {
            boolean more = true;
            while (more) {
                more = fillSome(index, scan);
            }
        }
    }

    private boolean fillSome(StoredIndex index, KeyScan scan) {
        Set<ByteBuffer> pending = new HashSet<>();
        try (StorageBatch batch = storage.batch()) {
            for (int i = 0; i < DOCUMENTS_PER_BATCH; i++) {
                if (!scan.advance()) {
                    storage.write(batch);
                    return false;
                }
                addEntries(index, batch, scan.key(), BsonCodec.decode(scan.value()), pending);
            }
            storage.write(batch);
            return true;
        }
    }

    private void addEntries(
            StoredIndex index, StorageBatch batch, byte[] documentKey, Document document, Set<ByteBuffer> pending) {
        IndexKeys keys = index.keysOf(document);
        index.noteArrays(keys.arrays());
        for (byte[] key : keys.keys()) {
            byte[] entryKey = index.entryKey(key, documentKey);
            if (index.spec().unique()
                    && (!pending.add(ByteBuffer.wrap(entryKey))
                            || storage.get(ColumnFamily.ENTRIES, entryKey) != null)) {
                throw DuplicateKeys.error(table.namespace(), index.spec(), document);
            }
            batch.put(ColumnFamily.ENTRIES, entryKey, documentKey);
        }
    }

    private void discard(StoredIndex index) {
        try (StorageBatch batch = storage.batch()) {
            batch.delete(ColumnFamily.ENTRIES, KeyRange.of(index.keyspace()));
            catalog.endIndex(batch, index.keyspace());
            storage.write(batch);
        }
    }
}
