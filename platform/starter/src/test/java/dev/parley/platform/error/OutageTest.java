package dev.parley.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ClientBulkWriteException;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoChangeStreamException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoGridFSException;
import com.mongodb.MongoIncompatibleDriverException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoQueryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketClosedException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoSocketWriteException;
import com.mongodb.MongoSocketWriteTimeoutException;
import com.mongodb.MongoStalePrimaryException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoUpdatedEncryptedFieldsException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcernException;
import com.mongodb.WriteConcernResult;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerId;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mongodb.UncategorizedMongoDbException;
import org.springframework.data.mongodb.core.MongoExceptionTranslator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.server.ResponseStatusException;

/** What a client is told while something that the platform needs is away: always the same, and never of a bug. */
class OutageTest {

    private static final ServerAddress STORE = new ServerAddress();
    private static final IOException GONE = new IOException("Connection reset by peer");

    /** What the driver throws while the store is away, does not answer or changes its primary. */
    private static List<MongoException> absences() {
        MongoWriteException retryable = refusedWrite();
        retryable.addLabel("RetryableWriteError");
        return List.of(
                new MongoSocketException("gone", STORE),
                new MongoSocketOpenException("refused", STORE, new ConnectException()),
                new MongoSocketReadException("Prematurely reached end of stream", STORE),
                new MongoSocketReadTimeoutException("late", STORE, new SocketTimeoutException()),
                new MongoSocketWriteException("broken pipe", STORE, GONE),
                new MongoSocketWriteTimeoutException("late", STORE, new SocketTimeoutException()),
                new MongoSocketClosedException("closed", STORE),
                new MongoTimeoutException("Timed out after 2500 ms while waiting for a server"),
                new MongoOperationTimeoutException("Operation exceeded the timeout limit"),
                new MongoExecutionTimeoutException(50, "operation exceeded time limit"),
                new MongoInterruptedException("interrupted", new InterruptedException()),
                new MongoConnectionPoolClearedException(new ServerId(new ClusterId(), STORE), GONE),
                new MongoServerUnavailableException("The server at localhost is no longer available"),
                new MongoSecurityException(credential(), "Exception authenticating", GONE),
                new MongoCursorNotFoundException(7, answer(43), STORE),
                new MongoNotPrimaryException(answer(10107), STORE),
                new MongoNodeIsRecoveringException(answer(11600), STORE),
                new MongoStalePrimaryException("stale"),
                new MongoWriteConcernException(unconfirmed(), WriteConcernResult.unacknowledged(), STORE, Set.of()),
                bulk(unconfirmed()),
                retryable,
                new ClientBulkWriteException(
                        new MongoSocketReadException("gone", STORE), List.of(), Map.of(0, badValue()), null, STORE),
                new MongoCommandException(answer(91), STORE),
                new MongoCommandException(answer(262), STORE),
                new MongoQueryException(answer(11602), STORE),
                new MongoException(9001, "socket exception"),
                new MongoClientException("failed", GONE_FROM_STORE));
    }

    private static final MongoException GONE_FROM_STORE = new MongoSocketReadException("gone", STORE);

    /** What the driver throws whether the store is there or not. */
    private static List<MongoException> verdicts() {
        ClusterDescription cluster =
                new ClusterDescription(ClusterConnectionMode.SINGLE, ClusterType.UNKNOWN, List.of());
        return List.of(
                new com.mongodb.DuplicateKeyException(answer(11000), STORE, WriteConcernResult.unacknowledged()),
                new WriteConcernException(answer(2), STORE, WriteConcernResult.unacknowledged()),
                new MongoCommandException(answer(96), STORE),
                new MongoQueryException(answer(2), STORE),
                refusedWrite(),
                bulk(null),
                new ClientBulkWriteException(null, List.of(), Map.of(0, badValue()), null, STORE),
                new MongoChangeStreamException("no resume token"),
                new MongoClientException("failed"),
                new MongoConfigurationException("no such option"),
                new MongoException("failed"),
                new MongoGridFSException("no file"),
                new MongoIncompatibleDriverException("too old", cluster),
                new MongoInternalException("a bug of the driver"),
                new MongoUpdatedEncryptedFieldsException(new BsonDocument(), "failed", new IllegalStateException()));
    }

    static Stream<Throwable> outages() {
        return Stream.concat(
                absences().stream().flatMap(OutageTest::asThrown),
                Stream.of(
                        new DataAccessResourceFailureException("no server"),
                        new QueryTimeoutException("slow"),
                        new IllegalStateException(new DataAccessResourceFailureException("no server")),
                        new TimeoutException("Did not observe any item within 4500ms"),
                        new IllegalStateException(new TimeoutException()),
                        new ConnectException("refused"),
                        new org.apache.kafka.common.errors.TimeoutException("not stored in time"),
                        new KafkaException(new DisconnectException()),
                        new org.springframework.kafka.KafkaException(
                                "failed", new NotLeaderOrFollowerException("moved")),
                        call(new ConnectException("refused")),
                        call(ReadTimeoutException.INSTANCE),
                        call(GONE),
                        brokenOff(GONE),
                        new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE),
                        new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT)));
    }

    static Stream<Throwable> bugs() {
        return Stream.concat(
                verdicts().stream().flatMap(OutageTest::asThrown),
                Stream.of(
                        new IllegalStateException("broken"),
                        new NullPointerException(),
                        new DuplicateKeyException("taken"),
                        new DataIntegrityViolationException("refused"),
                        new InvalidDataAccessApiUsageException("no such operator"),
                        new PermissionDeniedDataAccessException("not allowed", new IllegalStateException()),
                        new MappingException("no such property"),
                        new RecordTooLargeException("too large"),
                        brokenOff(null)));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void isToldAsSuchAndWhenToTryAgain(Throwable failure) {
        ApiException told = ErrorTranslation.translate(failure);

        assertThat(told.code()).isEqualTo(PlatformError.UNAVAILABLE);
        assertThat(told.retryAfter()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void isNeverSaidOfABug(Throwable failure) {
        ApiException told = ErrorTranslation.translate(failure);

        assertThat(told.code()).isEqualTo(PlatformError.INTERNAL);
        assertThat(told.retryAfter()).isNull();
    }

    /** A new version of the driver may bring new ones: somebody has to decide what they mean. */
    @Test
    void everyExceptionOfTheDriverIsJudged() throws Exception {
        Set<String> judged = Stream.concat(absences().stream(), verdicts().stream())
                .map(failure -> failure.getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        Path jar = Path.of(MongoException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> thrown = new TreeSet<>();
        try (JarFile driver = new JarFile(jar.toFile())) {
            for (String name : driver.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.matches("com/mongodb/\\w+\\.class"))
                    .toList()) {
                Class<?> type = Class.forName(
                        name.replace('/', '.').replaceFirst("\\.class$", ""),
                        false,
                        getClass().getClassLoader());
                if (MongoException.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                    thrown.add(type.getName());
                }
            }
        }

        assertThat(thrown).hasSizeGreaterThan(25).isEqualTo(judged);
    }

    @ParameterizedTest
    @EnumSource
    void thePageSaysTheSame(Dependency dependency) throws Exception {
        List<String> rows = Files.readAllLines(Path.of("../../docs/outages.md")).stream()
                .filter(line -> line.startsWith("| " + dependency.title() + " |"))
                .toList();

        assertThat(rows)
                .singleElement()
                .asString()
                .contains(" | %d `%s` | %d | "
                        .formatted(
                                PlatformError.UNAVAILABLE.status().value(),
                                PlatformError.UNAVAILABLE.code(),
                                dependency.retryAfter().toSeconds()));
    }

    /** Whoever answers 503 says when to try again, also where it was not said. */
    @Test
    void whatIsUnavailableAlwaysSaysWhenToTryAgain() {
        assertThat(ApiException.of(PlatformError.UNAVAILABLE, "away").retryAfter())
                .isPositive();
        assertThat(ApiException.logged(PlatformError.UNAVAILABLE, "away", "1").retryAfter())
                .isPositive();
        assertThat(ApiException.relayed(PlatformError.UNAVAILABLE, "away", List.of(), List.of(), null, null)
                        .retryAfter())
                .isPositive();
        assertThat(ApiException.of(PlatformError.INTERNAL, "broken").retryAfter())
                .isNull();
    }

    /** As the driver throws it, as Spring Data does, and as somebody wraps that. */
    private static Stream<Throwable> asThrown(MongoException failure) {
        DataAccessException translated = new MongoExceptionTranslator().translateExceptionIfPossible(failure);
        return Stream.of(
                failure,
                translated,
                new UncategorizedMongoDbException("failed", failure),
                new IllegalStateException("failed", translated));
    }

    private static BsonDocument answer(int code) {
        return new BsonDocument("ok", new BsonInt32(0))
                .append("code", new BsonInt32(code))
                .append("errmsg", new BsonString("failed"));
    }

    private static MongoCredential credential() {
        return MongoCredential.createCredential("parley", "admin", new char[0]);
    }

    private static MongoWriteException refusedWrite() {
        return new MongoWriteException(badValue(), STORE, Set.of());
    }

    private static WriteError badValue() {
        return new WriteError(2, "bad value", new BsonDocument());
    }

    private static WriteConcernError unconfirmed() {
        return new WriteConcernError(64, "WriteConcernTimeout", "no majority", new BsonDocument());
    }

    private static MongoBulkWriteException bulk(@Nullable WriteConcernError unconfirmed) {
        BulkWriteError bad = new BulkWriteError(2, "bad value", new BsonDocument(), 0);
        return new MongoBulkWriteException(
                BulkWriteResult.unacknowledged(), List.of(bad), unconfirmed, STORE, Set.of());
    }

    private static WebClientRequestException call(Throwable cause) {
        return new WebClientRequestException(cause, HttpMethod.GET, URI.create("http://message"), HttpHeaders.EMPTY);
    }

    private static WebClientResponseException brokenOff(@Nullable Throwable cause) {
        WebClientResponseException answer =
                new WebClientResponseException(HttpStatus.OK, "OK", HttpHeaders.EMPTY, new byte[0], null, null);
        if (cause != null) {
            answer.initCause(cause);
        }
        return answer;
    }
}
