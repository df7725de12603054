package dev.parley.embedded.store.storage;

import java.nio.charset.StandardCharsets;
import org.rocksdb.RocksDB;

/** RocksDB's column families that the store uses: the catalogue, the documents by key, and the entries of the indexes. */
public enum ColumnFamily {
    CATALOG(RocksDB.DEFAULT_COLUMN_FAMILY),
    DOCUMENTS("documents".getBytes(StandardCharsets.UTF_8)),
    ENTRIES("entries".getBytes(StandardCharsets.UTF_8));

    private final byte[] storedName;

    ColumnFamily(byte[] storedName) {
        this.storedName = storedName;
    }

    byte[] storedName() {
        return storedName.clone();
    }
}
