package dev.parley.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.embedded.FreePort;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;

/** Two instances of a service that limit the same user. */
class SharedBucketsTest {

    private static final int BURST = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Of a burst an instance tells nobody of so much. */
    private static final int OWN = 2;

    private static MongoClient client;

    private final ReactiveMongoTemplate mongo = new ReactiveMongoTemplate(client, "limits-" + Ids.next());
    private final SharedBuckets one = new SharedBuckets(mongo);
    private final SharedBuckets two = new SharedBuckets(mongo);
    private final TokenBucket atOne = bucket(one);
    private final TokenBucket atTwo = bucket(two);

    @BeforeAll
    static void connect() {
        client = MongoClients.create(EmbeddedParts.storeUri());
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    private static TokenBucket bucket(SharedBuckets shared) {
        return shared.buckets("test", 10).of("user", 1, MINUTE, BURST);
    }

    @Test
    void inTheLongRunLetThroughWhatOneAloneWould() {
        assertThat(takeAll(atOne)).isEqualTo(BURST);
        one.exchange().block();
        // Not told yet: the burst of each instance may pass.
        assertThat(takeAll(atTwo)).isEqualTo(BURST);

        two.exchange().block();

        int told = 2 * (BURST - OWN);
        assertThat(wait(atTwo)).isBetween(MINUTE.multipliedBy(told - BURST - 1), MINUTE.multipliedBy(told - BURST + 1));
    }

    @Test
    void letThroughLessWhereAnotherHasLetThroughSomeBefore() {
        for (int i = 0; i < BURST / 2 + OWN; i++) {
            assertThat(wait(atOne)).isZero();
        }
        one.exchange().block();
        for (int i = 0; i <= OWN; i++) {
            assertThat(wait(atTwo)).isZero();
        }

        two.exchange().block();

        assertThat(takeAll(atTwo)).isEqualTo(BURST - BURST / 2 - 1);
    }

    @Test
    void askTheStoreNothingOfThoseWhoDoLittle() {
        for (int i = 0; i < OWN; i++) {
            assertThat(wait(atOne)).isZero();
        }

        one.exchange().block();

        assertThat(mongo.findAll(Document.class, SharedBuckets.COLLECTION)
                        .collectList()
                        .block())
                .isEmpty();
    }

    @Test
    void limitEachForItselfWhileTheStoreIsAwayAndTellAfterwards() throws Exception {
        MongoClientSettings nowhere = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:" + FreePort.find()))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(50, TimeUnit.MILLISECONDS))
                .build();
        try (MongoClient away = MongoClients.create(nowhere)) {
            SharedBuckets cut = new SharedBuckets(new ReactiveMongoTemplate(away, "limits"));
            TokenBucket bucket = bucket(cut);
            assertThat(takeAll(bucket)).isEqualTo(BURST);
            for (int i = 0; i < 2; i++) {
                // The second time, too: what could not be told is still to be told.
                assertThatThrownBy(() -> cut.exchange().block()).isInstanceOf(Exception.class);
            }
            assertThat(wait(bucket)).isPositive();
        }
    }

    /** @return how many there were */
    private static int takeAll(TokenBucket bucket) {
        int taken = 0;
        while (wait(bucket).isZero()) {
            taken++;
        }
        return taken;
    }

    private static Duration wait(TokenBucket bucket) {
        return bucket.take(System.nanoTime());
    }
}
