package dev.parley.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import dev.parley.events.Event;
import dev.parley.events.ReactionChanged;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.platform.id.Ids;
import dev.parley.platform.store.Indexes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Notices in a database of their own, which nobody works on but the test. */
abstract class NoticeStoreTestCase extends NotificationServiceTest {

    static final Duration MAX_AGE = Duration.ofHours(1);

    @Autowired
    private MongoClient client;

    @Autowired
    private MongoConverter converter;

    @Autowired
    private Map<String, Indexes> indexes;

    private final String database = "notices-" + Ids.next();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final NoticeMetrics metrics = new NoticeMetrics(meters);
    final TestConversation talk = new TestConversation(conversation, TENANT);
    ReactiveMongoTemplate mongo;
    NoticeStore store;
    NoticeProjection projection;

    @BeforeEach
    void begin() {
        mongo = new ReactiveMongoTemplate(new SimpleReactiveMongoDatabaseFactory(client, database), converter);
        Indexes ofNotices = indexes.get("noticeIndexes");
        Flux.fromIterable(ofNotices.definitions())
                .concatMap(index -> mongo.indexOps(ofNotices.collection()).createIndex(index))
                .blockLast();
        store = store(Duration.ZERO, fanOut(100, 500));
        projection = new NoticeProjection(store, metrics);
    }

    static FanOutSettings fanOut(int batch, int recipientsAtOnce) {
        return new FanOutSettings(
                batch,
                2,
                recipientsAtOnce,
                Duration.ofMillis(20),
                Duration.ofSeconds(30),
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                Duration.ofDays(1),
                10_000);
    }

    NoticeStore store(Duration hold, FanOutSettings settings) {
        return new NoticeStore(mongo, new NoticeSettings(hold, MAX_AGE), settings);
    }

    void hear(Event... events) {
        projection.hear(Heard.of(events)).block();
    }

    Notice notice(String id) {
        Notice found = mongo.findById(id, Notice.class, NoticeStore.COLLECTION).block();
        assertThat(found).as("notice %s", id).isNotNull();
        return found;
    }

    long count() {
        return mongo.getCollection(NoticeStore.COLLECTION)
                .flatMap(notices -> Mono.from(notices.countDocuments()))
                .block();
    }

    static String reactionId(ReactionChanged reaction) {
        return reaction.message().id() + "/" + reaction.userId() + "/" + reaction.emoji();
    }
}
