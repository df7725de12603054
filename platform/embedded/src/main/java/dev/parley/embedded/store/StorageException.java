package dev.parley.embedded.store;

import de.bwaldvogel.mongo.exception.MongoServerError;
import org.rocksdb.RocksDBException;

/** The disk refused: clients see MongoDB's internal error, never an acknowledgement. */
final class StorageException extends MongoServerError {

    private static final long serialVersionUID = 1L;
    private static final int INTERNAL_ERROR = 1;

    StorageException(RocksDBException cause) {
        super(INTERNAL_ERROR, "InternalError", "The storage failed: " + cause.getMessage(), cause);
    }
}
