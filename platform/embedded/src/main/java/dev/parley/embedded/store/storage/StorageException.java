package dev.parley.embedded.store.storage;

import de.bwaldvogel.mongo.exception.MongoServerError;
import dev.parley.embedded.store.error.StoreError;
import org.rocksdb.RocksDBException;

/** RocksDB failed. The client gets MongoDB's internal error, never an acknowledgement. */
final class StorageException extends MongoServerError {

    private static final long serialVersionUID = 1L;

    StorageException(RocksDBException cause) {
        super(
                StoreError.INTERNAL_ERROR.code(),
                StoreError.INTERNAL_ERROR.codeName(),
                "The storage failed: " + cause.getMessage(),
                cause);
    }
}
