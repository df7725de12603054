package dev.parley.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Topics;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a crash left on documents. */
@SpringBootTest(
        properties = {
            "spring.application.name=outbox-test",
            "parley.outbox.sweep-interval=1h",
            "parley.outbox.sweep-batch=20",
            "parley.outbox.max-tries=2",
            "parley.outbox.set-aside-interval=300ms"
        })
class OutboxSweeperTest {

    private static final String COLLECTION = "things";
    private static final String HUGE = "\"" + "x".repeat(2 << 20) + "\"";

    @Document(COLLECTION)
    record Thing(@Id String id, List<PendingEvent> outbox, Instant outboxSince) {}

    @SpringBootApplication
    static class Service {

        @Bean
        OutboxSource things() {
            return new OutboxSource(COLLECTION);
        }
    }

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private OutboxSweeper sweeper;

    @Autowired
    private MeterRegistry meters;

    private final String key = Ids.next();

    @AfterEach
    void nothingIsLeft() {
        mongo.remove(new Query(), COLLECTION).block();
    }

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
    }

    @Test
    void publishesAllThatWasLeftInOrderHoweverMuchItIs() {
        int count = 70;
        Instant crash = Instant.now().minusSeconds(60);
        IntStream.rangeClosed(1, count)
                .mapToObj(i -> left(key, i, crash.plusMillis(i), "{}"))
                .toList()
                .forEach(thing -> mongo.insert(thing).block());

        sweeper.sweep(Duration.ZERO).block();

        try (TopicReader topic = new TopicReader(Topics.USERS)) {
            assertThat(topic.await(key, count, message -> true))
                    .extracting(TopicReader::id)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, count)
                            .mapToObj(i -> key + i)
                            .toList());
        }
        assertThat(stillPending(key)).isZero();
    }

    @Test
    void letsAnEventThatCannotBePublishedHoldUpNoOtherKey() {
        String huge = Ids.next();
        Instant crash = Instant.now().minusSeconds(60);
        mongo.insert(left(huge, 1, crash, HUGE)).block();
        mongo.insert(left(huge, 2, crash.plusMillis(1), "{}")).block();
        mongo.insert(left(key, 1, crash.plusMillis(2), "{}")).block();

        sweeper.sweep(Duration.ZERO).block();

        Until.satisfied(() -> assertThat(stillPending(key)).isZero());
        assertThat(stillPending(huge)).isEqualTo(2);
    }

    @Test
    void aBatchOfDocumentsThatCannotBePublishedStarvesNoOthers() {
        Instant crash = Instant.now().minusSeconds(60);
        List<Thing> huge = IntStream.range(0, 25)
                .mapToObj(i -> left(Ids.next(), 1, i < 22 ? crash : crash.plusMillis(i), HUGE))
                .toList();
        huge.forEach(thing -> mongo.insert(thing).block());
        mongo.insert(left(key, 1, crash.plusSeconds(1), "{}")).block();

        sweeper.sweep(Duration.ZERO).block();

        assertThat(stillPending(key)).isZero();
        Query waiting = Query.query(Criteria.where(OutboxSource.SINCE).exists(true));
        assertThat(mongo.count(waiting, COLLECTION).block()).isEqualTo(huge.size());
    }

    @Test
    void setsAsideWhatCannotBePublishedAndTriesItAgainLaterBeforeWhatIsBehindIt() {
        Instant crash = Instant.now().minusSeconds(60);
        Thing huge = left(key, 1, crash, HUGE);
        mongo.insert(huge).block();
        mongo.insert(left(key, 2, crash.plusMillis(1), "{}")).block();
        double failures = failures();

        sweeper.sweep(Duration.ZERO).block();
        assertThat(metric("parley.outbox.set-aside")).isZero();
        sweeper.sweep(Duration.ZERO).block();
        sweeper.sweep(Duration.ZERO).block();

        assertThat(failures() - failures).isEqualTo(2);
        assertThat(metric("parley.outbox.set-aside")).isEqualTo(1);
        assertThat(metric("parley.outbox.backlog")).isEqualTo(2);
        assertThat(metric("parley.outbox.oldest")).isBetween(59.0, 600.0);
        assertThat(stillPending(key)).isEqualTo(2);
        mongo.save(new Thing(huge.id(), left(key, 1, crash, "{}").outbox(), crash))
                .block();
        mongo.updateFirst(
                        Query.query(Criteria.where("_id").is(huge.id())),
                        new Update().set("outboxRetryAt", Instant.now().plusMillis(300)),
                        COLLECTION)
                .block();
        Until.satisfied(() -> {
            sweeper.sweep(Duration.ZERO).block();
            assertThat(stillPending(key)).isZero();
        });
        try (TopicReader topic = new TopicReader(Topics.USERS)) {
            assertThat(topic.await(key, 2, message -> true))
                    .extracting(TopicReader::id)
                    .containsExactly(key + 1, key + 2);
        }
        assertThat(metric("parley.outbox.set-aside")).isZero();
        assertThat(metric("parley.outbox.backlog")).isZero();
    }

    private double failures() {
        return meters.get("parley.outbox.failed").counter().count();
    }

    private double metric(String name) {
        sweeper.sample().block();
        return meters.get(name).gauge().value();
    }

    @Test
    void leavesAloneWhatMayStillBeOnItsWay() {
        mongo.insert(left(key, 1, Instant.now(), "{}")).block();

        sweeper.sweep(Duration.ofMinutes(1)).block();

        assertThat(stillPending(key)).isEqualTo(1);
    }

    private static Thing left(String key, int order, Instant since, String data) {
        PendingEvent event = new PendingEvent(key + order, "user.changed", Topics.USERS, key, order, since, data, null);
        return new Thing(key + "/" + order, List.of(event), since);
    }

    private long stillPending(String key) {
        Query pending = Query.query(Criteria.where(OutboxSource.EVENTS + ".key").is(key));
        return mongo.count(pending, COLLECTION).blockOptional().orElseThrow();
    }
}
