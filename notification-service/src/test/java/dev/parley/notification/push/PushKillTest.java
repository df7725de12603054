package dev.parley.notification.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.notification.deadletter.DeadLetterCodec;
import dev.parley.notification.provider.ProviderName;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ChildProcess;
import dev.parley.platform.test.EmbeddedParts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two instances send pushes, and each is killed once while it does. Then each push has become what the model says, none is lost, and only
 * what was claimed when an instance was killed was sent twice.
 */
class PushKillTest {

    /** {@code -Dparley.pushes=100000} for the whole of it. */
    private static final int PUSHES = Integer.getInteger("parley.pushes", 2_000);

    private static final double ADDED_AGAIN = 0.3;
    private static final Duration LONGEST = Duration.ofSeconds(120 + PUSHES / 100);

    private final MongoClient client = MongoClients.create(EmbeddedParts.storeUri());
    private final String database = "killed-" + Ids.next();
    private final ReactiveMongoTemplate mongo = new ReactiveMongoTemplate(client, database);
    private final Map<String, AtomicInteger> received = new ConcurrentHashMap<>();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> request.receive()
                    .aggregate()
                    .asString()
                    .doOnNext(this::receive)
                    .then(Mono.delay(Duration.ofMillis(20)))
                    .then(response.sendString(Mono.just("taken")).then()))
            .bindNow();

    @AfterEach
    void stop() {
        server.disposeNow();
        client.close();
    }

    static PushStore store(ReactiveMongoTemplate mongo) {
        // No push is dead here, so nothing is published.
        return new PushStore(
                mongo,
                new DeadLetters(null, new DeadLetterCodec(new JsonMapper())),
                new LogSettings(Duration.ofDays(7)));
    }

    private void receive(String ids) {
        for (String id : ids.split("\n")) {
            received.computeIfAbsent(id, first -> new AtomicInteger()).incrementAndGet();
        }
    }

    @Test
    void sendsEachOnceButWhatWasClaimedByOneThatWasKilled() throws Exception {
        Flux.fromIterable(PushConfiguration.indexes().definitions())
                .concatMap(index -> mongo.indexOps(PushStore.COLLECTION).createIndex(index))
                .blockLast();
        List<NewPush> pushes = IntStream.range(0, PUSHES)
                .mapToObj(n -> KnownPeople.push("user-" + n, ProviderName.WEBHOOK, "notice"))
                .toList();
        Set<String> claimedAtAKill = new HashSet<>();
        try (ChildProcess one = child("one");
                ChildProcess other = child("other")) {
            add(pushes);
            claimedAtAKill.addAll(killed(one, PUSHES / 4));
            one.start();
            claimedAtAKill.addAll(killed(other, PUSHES / 2));
            other.start();
            Awaitility.await()
                    .atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> waiting() == 0);
        }
        assertThat(settled()).isEqualTo(model(pushes));
        Set<String> sent = new HashSet<>(pushes.stream()
                .filter(push -> KilledDelivery.expected(KilledDelivery.number(push.userId())) == null)
                .map(NewPush::id)
                .toList());
        assertThat(received.keySet()).isEqualTo(sent);
        List<String> twice = received.entrySet().stream()
                .filter(each -> each.getValue().get() > 1)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(claimedAtAKill).containsAll(twice);
    }

    private ChildProcess child(String name) throws Exception {
        return ChildProcess.start(
                name,
                "128m",
                Map.of(),
                List.of(
                        KilledDelivery.class.getName(),
                        EmbeddedParts.storeUri(),
                        database,
                        "http://127.0.0.1:" + server.port() + "/"));
    }

    private void add(List<NewPush> pushes) {
        PushQueue queue =
                new StoredPushQueue(store(mongo), new PushWakeups(), new PushMetrics(new SimpleMeterRegistry()));
        Random random = new Random(7);
        List<NewPush> batch = new ArrayList<>();
        for (NewPush push : pushes) {
            batch.add(push);
            if (random.nextDouble() < ADDED_AGAIN) {
                batch.add(pushes.get(random.nextInt(KilledDelivery.number(push.userId()) + 1)));
            }
            if (batch.size() >= 100) {
                queue.add(batch).block();
                batch.clear();
            }
        }
        queue.add(batch).block();
    }

    /** @return what was claimed by then */
    private List<String> killed(ChildProcess instance, int afterPushes) throws InterruptedException {
        Awaitility.await()
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> received.size() >= afterPushes * 4 / 5);
        instance.kill();
        return mongo.find(
                        Query.query(Criteria.where("waiting.provider").is(ProviderName.WEBHOOK)),
                        StoredPush.class,
                        PushStore.COLLECTION)
                .filter(StoredPush::isClaimed)
                .map(StoredPush::id)
                .collectList()
                .block();
    }

    private long waiting() {
        return mongo.count(
                        Query.query(Criteria.where("waiting.provider").is(ProviderName.WEBHOOK)), PushStore.COLLECTION)
                .block();
    }

    private Map<String, String> settled() {
        return mongo.find(new Query(), StoredPush.class, PushStore.COLLECTION)
                .collectMap(StoredPush::id, push -> push.status() + " " + push.reason())
                .block();
    }

    private static Map<String, String> model(List<NewPush> pushes) {
        Map<String, String> expected = new ConcurrentHashMap<>();
        for (NewPush push : pushes) {
            Suppression why = KilledDelivery.expected(KilledDelivery.number(push.userId()));
            expected.put(
                    push.id(),
                    why == null ? PushStatus.ACCEPTED + " null" : PushStatus.SUPPRESSED + " " + why.wireName());
        }
        return expected;
    }
}
