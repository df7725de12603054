package dev.parley.embedded.store;

import java.util.Map;
import java.util.Objects;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Changes that happen together or not at all. */
final class Batch implements AutoCloseable {

    private final Map<Family, ColumnFamilyHandle> handles;
    private final WriteBatch changes = new WriteBatch();

    Batch(Map<Family, ColumnFamilyHandle> handles) {
        this.handles = handles;
    }

    void put(Family family, byte[] key, byte[] value) {
        try {
            changes.put(handle(family), key, value);
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    void delete(Family family, byte[] key) {
        try {
            changes.delete(handle(family), key);
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    void delete(Family family, KeyRange range) {
        try {
            changes.deleteRange(handle(family), range.start(), range.end());
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    WriteBatch toWriteBatch() {
        return changes;
    }

    private ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(handles.get(family));
    }

    @Override
    public void close() {
        changes.close();
    }
}
