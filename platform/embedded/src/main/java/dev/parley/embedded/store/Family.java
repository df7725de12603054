package dev.parley.embedded.store;

import java.nio.charset.StandardCharsets;
import org.rocksdb.RocksDB;

/** The column families: what the store knows of itself, the documents by key, and the entries of their indexes. */
enum Family {
    CATALOG(RocksDB.DEFAULT_COLUMN_FAMILY),
    DOCUMENTS("documents".getBytes(StandardCharsets.UTF_8)),
    ENTRIES("entries".getBytes(StandardCharsets.UTF_8));

    private final byte[] storedName;

    Family(byte[] storedName) {
        this.storedName = storedName;
    }

    byte[] storedName() {
        return storedName.clone();
    }
}
