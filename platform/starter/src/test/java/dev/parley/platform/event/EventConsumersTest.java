package dev.parley.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import dev.parley.events.PreferencesChanged;
import dev.parley.events.SessionEnded;
import dev.parley.events.Topics;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mongodb.UncategorizedMongoDbException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Mono;

/** What becomes of events that cannot be handled, and of those behind them. */
@SpringBootTest(
        properties = {
            "spring.application.name=consumers-test",
            "parley.store.enabled=false",
            "parley.topics.partitions=1",
            "parley.consumers.max-tries=3",
            "parley.consumers.first-retry=10ms",
            "spring.kafka.consumer.properties.group.instance.id=consumers-test"
        })
class EventConsumersTest {

    private static final String GROUP = "consumers-test-" + Ids.next();

    /** Reads two topics. */
    private static final String WIDE_GROUP = "wide-" + GROUP;

    /** Hears events of users, and fails as it is told to. */
    static final class Listener implements EventHandler {

        private final Map<String, Supplier<RuntimeException>> failures = new ConcurrentHashMap<>();
        private final List<String> handled = new CopyOnWriteArrayList<>();
        private final List<String> triedAlone = new CopyOnWriteArrayList<>();
        private final Map<Integer, Long> progress = new ConcurrentHashMap<>();

        @Override
        public Mono<Void> handle(List<ReceivedEvent> batch) {
            List<String> sessions = batch.stream()
                    .map(event -> ((SessionEnded) event.data()).sessionId())
                    .toList();
            if (sessions.size() == 1) {
                triedAlone.addAll(sessions);
            }
            for (String session : sessions) {
                Supplier<RuntimeException> failure = failures.get(session);
                if (failure != null) {
                    return Mono.error(failure.get());
                }
            }
            handled.addAll(sessions);
            return Mono.empty();
        }

        @Override
        public void onProgress(String topic, Map<Integer, Long> offsets) {
            progress.putAll(offsets);
        }

        private long triesOf(String session) {
            return triedAlone.stream().filter(session::equals).count();
        }
    }

    @SpringBootApplication
    static class Service {

        @Bean
        Listener shared() {
            return new Listener();
        }

        @Bean
        Listener everybody() {
            return new Listener();
        }

        @Bean
        EventSubscription sharedSessions(Listener shared) {
            return EventSubscription.shared(Topics.SESSIONS, GROUP, shared);
        }

        @Bean
        EventSubscription allSessions(Listener everybody) {
            return EventSubscription.broadcast(Topics.SESSIONS, everybody);
        }

        @Bean
        Listener wide() {
            return new Listener();
        }

        @Bean
        EventSubscription wideSessions(Listener wide) {
            return EventSubscription.shared(Topics.SESSIONS, WIDE_GROUP, wide);
        }

        @Bean
        EventSubscription widePreferences(Listener wide) {
            return EventSubscription.shared(
                    Topics.PREFERENCES,
                    WIDE_GROUP,
                    batch -> Mono.fromRunnable(() ->
                            batch.forEach(event -> wide.handled.add(((PreferencesChanged) event.data()).userId()))));
        }
    }

    @Autowired
    private Listener shared;

    @Autowired
    private Listener everybody;

    @Autowired
    private Listener wide;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    @Autowired
    private MeterRegistry meters;

    private final String first = Ids.next();
    private final String second = Ids.next();
    private final String third = Ids.next();
    private final String userId = Ids.next();

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
    }

    @BeforeEach
    void everythingIsHandledAgain() {
        shared.failures.clear();
        everybody.failures.clear();
    }

    @Test
    void whatFailsForAnUnknownReasonIsTriedAFewTimesAndHoldsUpNothingForEver() {
        shared.failures.put(second, EventConsumersTest::uncategorised);

        publishAll();

        Until.satisfied(() -> assertThat(shared.handled).contains(first, third));
        assertThat(shared.handled).doesNotContain(second);
        assertThat(shared.triesOf(second)).isEqualTo(3);
        assertThat(deadLetters()).isEqualTo(second);
    }

    @Test
    void whatCanNeverBeHandledIsTriedOnceAlone() {
        shared.failures.put(second, () -> new MappingException("no such property"));
        String other = Ids.next();
        shared.failures.put(other, () -> new DataIntegrityViolationException("refused by a validator"));

        publishAll();
        publish(other);

        Until.satisfied(() -> assertThat(shared.handled).contains(first, third));
        assertThat(shared.triesOf(second)).isEqualTo(1);
        assertThat(deadLetters()).startsWith(second);
        Until.satisfied(() -> assertThat(shared.triesOf(other)).isEqualTo(1));
    }

    @Test
    void twoReadersOfAGroupWithFixedNamesDoNotShutEachOtherOut() {
        publish(first);
        publisher
                .publish(List.of(events.pending(
                        new PreferencesChanged(userId, "t-1", 1, null, null, null, null, null, null, null, null))))
                .block();

        Until.satisfied(() -> assertThat(wide.handled).contains(first, userId));
    }

    @Test
    void whatPassesIsWaitedForHoweverLongItTakes() {
        List<String> tries = new CopyOnWriteArrayList<>();
        shared.failures.put(second, () -> {
            tries.add(second);
            if (tries.size() == 7) {
                shared.failures.remove(second);
            }
            return new DataAccessResourceFailureException("away");
        });

        publishAll();

        Until.satisfied(() -> assertThat(shared.handled).contains(first, second, third));
        assertThat(tries).hasSize(7);
    }

    @Test
    void aReaderWithoutAGroupGoesOnBehindWhatItCannotHandle() {
        everybody.failures.put(third, EventConsumersTest::uncategorised);

        publishAll();

        Until.satisfied(() -> assertThat(everybody.triesOf(third)).isEqualTo(3));
        String last = Ids.next();
        publish(last);
        Until.satisfied(() -> assertThat(everybody.handled).contains(first, second, last));
        assertThat(everybody.handled).doesNotContain(third);
        Until.satisfied(() -> assertThat(everybody.progress).isEqualTo(shared.progress));
    }

    @Test
    void whatIsPublishedAndHandledIsMeasured() {
        double handled = count("parley.consumers.handled", GROUP);
        double dead = count("parley.consumers.dead", GROUP);
        long sent = meters.get("parley.publisher.send").timer().count();
        shared.failures.put(second, () -> new MappingException("no such property"));

        publishAll();

        Until.satisfied(() -> {
            assertThat(count("parley.consumers.handled", GROUP) - handled).isEqualTo(2);
            assertThat(count("parley.consumers.dead", GROUP) - dead).isEqualTo(1);
            assertThat(gauge("parley.consumers.lag", GROUP)).isZero();
            assertThat(gauge("parley.consumers.retrying", GROUP)).isZero();
        });
        assertThat(meters.get("parley.consumers.batch").tag("group", "none").timers())
                .anyMatch(timer -> timer.count() > 0);
        assertThat(meters.get("parley.publisher.send").timer().count() - sent).isEqualTo(1);
        assertThat(meters.get("parley.publisher.in-flight").gauge().value()).isZero();
        assertThat(meters.get("parley.publisher.queued").gauge().value()).isZero();
    }

    private double count(String name, String group) {
        return meters.get(name).tag("group", group).counter().count();
    }

    private double gauge(String name, String group) {
        return meters.get(name).tag("group", group).gauge().value();
    }

    private static RuntimeException uncategorised() {
        BsonDocument answer = new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(96));
        return new UncategorizedMongoDbException(
                "Operation failed", new MongoCommandException(answer, new ServerAddress()));
    }

    private void publishAll() {
        publish(first, second, third);
    }

    private void publish(String... sessions) {
        publisher
                .publish(List.of(sessions).stream()
                        .map(session -> events.pending(new SessionEnded(userId, "t-1", session)))
                        .toList())
                .block();
    }

    private String deadLetters() {
        try (TopicReader topic = new TopicReader(Topics.SESSIONS + "." + GROUP + ".dead")) {
            return topic.await(userId, 1, message -> true).stream()
                    .map(message -> message.value().replaceAll(".*\"sessionId\":\"([^\"]*)\".*", "$1"))
                    .reduce("", String::concat);
        }
    }
}
