package dev.parley.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Topics;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What becomes of the events that changes leave on documents. */
@SpringBootTest(properties = {"spring.application.name=outbox-test", "parley.outbox.sweep-interval=1h"})
class OutboxTest {

    private static final OutboxSource SOURCE = new OutboxSource("changing");

    @SpringBootApplication
    static class Service {

        @Bean
        OutboxSource changing() {
            return SOURCE;
        }
    }

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private Outbox outbox;

    @Autowired
    private OutboxSweeper sweeper;

    private final String key = Ids.next();

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
    }

    @Test
    void publishesEachOfManyChangesOnceInOrderAndLeavesNothing() {
        int count = 300;
        mongo.getCollection(SOURCE.collection())
                .flatMap(things -> Mono.from(things.insertOne(new Document("_id", key))))
                .block();

        List<PendingEvent> last = Flux.range(1, count)
                .concatMap(i -> change(event(i, "{}")))
                .doOnNext(pending -> outbox.publishSoon(SOURCE, key, pending))
                .blockLast();

        assertThat(last).isNotEmpty();
        Until.satisfied(() -> assertThat(stored().keySet()).containsExactly("_id"));
        List<String> ids = published(count);
        assertThat(ids.stream().distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, count).mapToObj(i -> key + i).toList());
        Map<String, Long> times = ids.stream().collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        assertThat(times.values()).allMatch(often -> often <= 3);
    }

    @Test
    void publishesAgainWhatWasAmended() {
        outbox.publish(SOURCE, key, List.of(event(1, "{}"))).block();
        outbox.publish(SOURCE, key, List.of(event(1, "{}"))).block();
        outbox.publish(SOURCE, key, List.of(event(1, "{}"), event(2, "{}"))).block();
        outbox.publish(SOURCE, key, List.of(event(1, "{\"a\":1}"), event(2, "{}")))
                .block();

        assertThat(published(4)).containsExactly(key + 1, key + 2, key + 1, key + 2);
    }

    @Test
    void clearsWhatWasPublishedAndKeepsWhatCameSince() {
        insert(List.of(event(1, "{}"), event(2, "{}"), event(3, "{}")));

        outbox.clear(List.of(done(1, 2))).block();

        assertThat(stored().getList(OutboxSource.EVENTS, Document.class))
                .extracting(event -> event.getString("id"))
                .containsExactly(key + 3);
        assertThat(stored()).containsKey(OutboxSource.SINCE);
        outbox.clear(List.of(done(3), done(1))).block();
        assertThat(stored().keySet()).containsExactly("_id");
    }

    @Test
    void doesNotPublishAgainWhatIsKnownToBeOnTheTopic() {
        List<PendingEvent> events = List.of(event(1, "{}"), event(2, "{}"), event(3, "{}"));

        outbox.seen(List.of(key + 1, key + 2, "another"));
        outbox.publish(SOURCE, key, events).block();
        outbox.publish(SOURCE, key, List.of(event(4, "{}"))).block();

        assertThat(published(2)).containsExactly(key + 3, key + 4);
    }

    @Test
    void clearsWhatAnEmptyListWasLeftOn() {
        insert(List.of());

        sweeper.sweep(Duration.ZERO).block();

        assertThat(stored().keySet()).containsExactly("_id");
    }

    private Mono<List<PendingEvent>> change(PendingEvent event) {
        return mongo.findAndModify(
                        Query.query(Criteria.where("_id").is(key)),
                        new Update().push(OutboxSource.EVENTS, event).min(OutboxSource.SINCE, event.time()),
                        FindAndModifyOptions.options().returnNew(true),
                        Document.class,
                        SOURCE.collection())
                .map(changed -> changed.getList(OutboxSource.EVENTS, Document.class).stream()
                        .map(each -> mongo.getConverter().read(PendingEvent.class, each))
                        .toList());
    }

    private void insert(List<PendingEvent> events) {
        Document document = new Document("_id", key)
                .append(OutboxSource.EVENTS, mongo.getConverter().convertToMongoType(events))
                .append(OutboxSource.SINCE, Instant.now().minusSeconds(60));
        mongo.getCollection(SOURCE.collection())
                .flatMap(things -> Mono.from(things.insertOne(document)))
                .block();
    }

    private Outbox.Published done(int... numbers) {
        return new Outbox.Published(
                SOURCE, key, IntStream.of(numbers).mapToObj(i -> key + i).toList());
    }

    private PendingEvent event(int number, String data) {
        Instant now = Instant.now();
        return new PendingEvent(key + number, "user.changed", Topics.USERS, key, 0, now, data, null);
    }

    private Document stored() {
        return mongo.findById(key, Document.class, SOURCE.collection())
                .blockOptional()
                .orElseThrow();
    }

    private List<String> published(int count) {
        try (TopicReader topic = new TopicReader(Topics.USERS)) {
            return topic.await(key, count, message -> true).stream()
                    .map(TopicReader::id)
                    .toList();
        }
    }
}
