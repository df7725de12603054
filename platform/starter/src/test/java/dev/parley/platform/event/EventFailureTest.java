package dev.parley.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcernResult;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.net.ConnectException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonMaximumSizeExceededException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mongodb.UncategorizedMongoDbException;

/** Which failures are waited out, and which are not. */
class EventFailureTest {

    static Stream<Throwable> absences() {
        MongoWriteException retryable = rejected();
        retryable.addLabel("RetryableWriteError");
        WriteConcernError unconfirmed =
                new WriteConcernError(64, "WriteConcernTimeout", "no majority", new BsonDocument());
        return Stream.of(
                retryable,
                new MongoNotPrimaryException(new BsonDocument(), new ServerAddress()),
                new MongoNodeIsRecoveringException(new BsonDocument(), new ServerAddress()),
                new MongoWriteConcernException(
                        unconfirmed, WriteConcernResult.unacknowledged(), new ServerAddress(), Set.of()),
                bulk(unconfirmed),
                new MongoTimeoutException("no server"),
                new MongoSocketReadException("gone", new ServerAddress(), new ConnectException()),
                new DataAccessResourceFailureException("no server"),
                new TimeoutException(),
                new IllegalStateException(new ConnectException()),
                new DataIntegrityViolationException("primary", retryable),
                new QueryTimeoutException("slow"),
                new OptimisticLockingFailureException("changed"),
                new MongoExecutionTimeoutException(50, "slow"),
                ApiException.of(PlatformError.RATE_LIMITED, "busy"),
                ApiException.of(PlatformError.UNAVAILABLE, "away"));
    }

    static Stream<Throwable> verdicts() {
        return Stream.of(
                new DuplicateKeyException("taken"),
                rejected(),
                bulk(null),
                new DataIntegrityViolationException("refused", rejected()),
                new InvalidDataAccessApiUsageException("no such operator"),
                new MappingException("no such property"),
                new BsonMaximumSizeExceededException("too large"),
                new RecordTooLargeException("too large"),
                new IllegalArgumentException("no header ce_id"),
                ApiException.of(PlatformError.INVALID_REQUEST, "never valid"));
    }

    static Stream<Throwable> riddles() {
        MongoCommandException failed = new MongoCommandException(
                new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(96)), new ServerAddress());
        return Stream.of(
                new UncategorizedMongoDbException("failed", failed),
                failed,
                new MongoClientException("failed"),
                ApiException.of(PlatformError.INTERNAL, "failed"));
    }

    private static MongoWriteException rejected() {
        return new MongoWriteException(
                new WriteError(2, "bad value", new BsonDocument()), new ServerAddress(), Set.of());
    }

    private static MongoBulkWriteException bulk(@Nullable WriteConcernError unconfirmed) {
        BulkWriteError bad = new BulkWriteError(2, "bad value", new BsonDocument(), 0);
        return new MongoBulkWriteException(
                BulkWriteResult.unacknowledged(), List.of(bad), unconfirmed, new ServerAddress(), Set.of());
    }

    @ParameterizedTest
    @MethodSource("absences")
    void waitsWhileADependencyIsAway(Throwable failure) {
        assertThat(EventFailure.of(failure)).isEqualTo(EventFailure.PASSES);
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void putsAsideWhatWillNeverBeHandled(Throwable failure) {
        assertThat(EventFailure.of(failure)).isEqualTo(EventFailure.LASTS);
    }

    @ParameterizedTest
    @MethodSource("riddles")
    void triesAFewTimesWhatFailsForAnUnknownReason(Throwable failure) {
        assertThat(EventFailure.of(failure)).isEqualTo(EventFailure.UNCERTAIN);
    }
}
