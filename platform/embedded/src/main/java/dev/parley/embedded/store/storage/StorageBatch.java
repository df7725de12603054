package dev.parley.embedded.store.storage;

import java.util.Map;
import java.util.Objects;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Changes that are stored together or not at all. */
public final class StorageBatch implements AutoCloseable {

    private final Map<ColumnFamily, ColumnFamilyHandle> handles;
    private final WriteBatch changes = new WriteBatch();

    StorageBatch(Map<ColumnFamily, ColumnFamilyHandle> handles) {
        this.handles = handles;
    }

    public void put(ColumnFamily family, byte[] key, byte[] value) {
        try {
            changes.put(handle(family), key, value);
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    public void delete(ColumnFamily family, byte[] key) {
        try {
            changes.delete(handle(family), key);
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    public void delete(ColumnFamily family, KeyRange range) {
        try {
            changes.deleteRange(handle(family), range.start(), range.end());
        } catch (RocksDBException e) {
            throw new StorageException(e);
        }
    }

    WriteBatch toWriteBatch() {
        return changes;
    }

    private ColumnFamilyHandle handle(ColumnFamily family) {
        return Objects.requireNonNull(handles.get(family));
    }

    @Override
    public void close() {
        changes.close();
    }
}
