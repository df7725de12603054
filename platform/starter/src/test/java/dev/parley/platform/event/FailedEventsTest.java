package dev.parley.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;

/** Which failures are waited out, and which are not. */
class FailedEventsTest {

    static Stream<Throwable> absences() {
        return Stream.of(
                new MongoTimeoutException("no server"),
                new MongoSocketReadException("gone", new ServerAddress(), new ConnectException()),
                new DataAccessResourceFailureException("no server"),
                new TimeoutException(),
                new IllegalStateException(new ConnectException()));
    }

    static Stream<Throwable> verdicts() {
        return Stream.of(
                new DuplicateKeyException("taken"),
                new MongoWriteException(
                        new WriteError(2, "bad value", new BsonDocument()), new ServerAddress(), Set.of()),
                new IllegalArgumentException("no header ce_id"),
                ApiException.of(PlatformError.INVALID_REQUEST, "never valid"));
    }

    @ParameterizedTest
    @MethodSource("absences")
    void waitsWhileADependencyIsAway(Throwable failure) {
        assertThat(FailedEvents.isTransient(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void putsAsideWhatWillNeverBeHandled(Throwable failure) {
        assertThat(FailedEvents.isTransient(failure)).isFalse();
    }
}
