package dev.parley.platform.error;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoStalePrimaryException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Knows by which exceptions the driver and Spring Data say that the store is away, does not answer in time, or changes its
 * primary. Whatever else they throw says something about the request: that is for others to judge.
 */
public final class StoreOutage {

    private static final String RETRYABLE_WRITE = "RetryableWriteError";

    /** By which a server says that it cannot serve now (MongoDB's specification of retryable reads and writes). */
    private static final Set<Integer> CODES =
            Set.of(6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436);

    private StoreOutage() {}

    /** Whether this exception says so by itself, whatever its cause is. */
    public static boolean isSaidBy(Throwable failure) {
        return failure instanceof MongoException store
                ? isSaidBy(store)
                : failure instanceof DataAccessResourceFailureException
                        || failure instanceof TransientDataAccessResourceException
                        || failure instanceof RecoverableDataAccessException
                        || failure instanceof QueryTimeoutException;
    }

    private static boolean isSaidBy(MongoException failure) {
        return failure instanceof MongoSocketException
                || failure instanceof MongoTimeoutException
                || failure instanceof MongoExecutionTimeoutException
                || failure instanceof MongoInterruptedException
                || failure instanceof MongoConnectionPoolClearedException
                || failure instanceof MongoServerUnavailableException
                // It does not let this service in: nothing can be asked of it.
                || failure instanceof MongoSecurityException
                // It was started again meanwhile.
                || failure instanceof MongoCursorNotFoundException
                || isOfAChangingPrimary(failure)
                || CODES.contains(failure.getCode());
    }

    /** Whether the store did not take a write only because its primary is changing, or could not confirm it in time. */
    private static boolean isOfAChangingPrimary(MongoException failure) {
        return failure.hasErrorLabel(RETRYABLE_WRITE)
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoStalePrimaryException
                || failure instanceof MongoWriteConcernException
                || failure instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null;
    }
}
