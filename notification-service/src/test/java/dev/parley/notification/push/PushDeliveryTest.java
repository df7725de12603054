package dev.parley.notification.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.events.ReceiptRead;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.notification.deadletter.DeadLetterCodec;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.ProviderUnavailableException;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushRequest;
import dev.parley.notification.provider.ReceiptProvider;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.kafka.core.ConsumerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

/** Sending pushes from a store of the test's own, to providers that answer as the test says. */
class PushDeliveryTest extends NotificationServiceTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final BreakerSettings BREAKER = new BreakerSettings(10, 2, 50, Duration.ofMillis(100), 1);

    private final MongoClient client = MongoClients.create(EmbeddedParts.storeUri());
    private final ReactiveMongoTemplate mongo = new ReactiveMongoTemplate(client, "pushes-" + Ids.next());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PushMetrics metrics = new PushMetrics(meters);
    private final PushWakeups wakeups = new PushWakeups();
    private final KnownPeople people = new KnownPeople();
    private ScriptedProvider expo = new ScriptedProvider(ProviderName.EXPO);
    private final ScriptedProvider fcm = new ScriptedProvider(ProviderName.FCM);
    private final List<PushDelivery> running = new ArrayList<>();
    private PushStore store;
    private PushQueue queue;

    @Autowired
    private Outbox outbox;

    @Autowired
    private JsonMapper json;

    @Autowired
    private ConsumerFactory<String, byte[]> consumers;

    @BeforeEach
    void makeStore() {
        Flux.fromIterable(PushConfiguration.indexes().definitions())
                .concatMap(index -> mongo.indexOps(PushStore.COLLECTION).createIndex(index))
                .blockLast();
        store = new PushStore(
                mongo, new DeadLetters(outbox, new DeadLetterCodec(json)), new LogSettings(Duration.ofDays(7)));
        queue = new StoredPushQueue(store, wakeups, metrics);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (PushDelivery delivery : running) {
            ended(delivery);
        }
        client.close();
    }

    private static void ended(PushDelivery delivery) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        delivery.stop(ended::countDown);
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private PushDelivery start() {
        return start(settings(LONG));
    }

    private PushDelivery start(DeliverySettings settings) {
        PushCheck check =
                new PushCheck(new PushFactsReader(people, people, people), new WithdrawalCheck(store), people);
        ProviderDeliveries deliveries = new ProviderDeliveries(
                List.of(expo, fcm),
                store,
                check,
                people,
                settings,
                BREAKER,
                new RetryDelays(settings, BREAKER),
                metrics,
                new SimpleMeterRegistry(),
                Tracing.off());
        PushDelivery delivery = new PushDelivery(deliveries, store, wakeups, settings, metrics);
        delivery.start();
        running.add(delivery);
        return delivery;
    }

    private static DeliverySettings settings(Duration maxAge) {
        return new DeliverySettings(
                2,
                10_000,
                Map.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                3,
                maxAge,
                Duration.ofMillis(10),
                Duration.ofMillis(40),
                Duration.ofMillis(20),
                Duration.ofDays(1),
                Duration.ofMinutes(1),
                1_000);
    }

    private StoredPush stored(NewPush push) {
        return mongo.findById(push.id(), StoredPush.class, PushStore.COLLECTION).block();
    }

    private void becomes(NewPush push, PushStatus status) {
        Until.satisfied(() -> assertThat(stored(push).status()).isEqualTo(status));
    }

    private void isSuppressed(NewPush push, Suppression why) {
        becomes(push, PushStatus.SUPPRESSED);
        assertThat(stored(push).reason()).isEqualTo(why.wireName());
        assertThat(expo.sentIds()).doesNotContain(push.id());
    }

    @Test
    void sendsOnceWhatIsAddedAgainAndAgain() {
        List<NewPush> pushes = Stream.of("alice", "bob", "carol")
                .map(user -> people.someone(user, ProviderName.EXPO))
                .toList();
        queue.add(pushes).block();
        queue.add(pushes).block();
        start();
        pushes.forEach(push -> becomes(push, PushStatus.ACCEPTED));
        queue.add(pushes).block();
        queue.suppressed(pushes, Suppression.MUTED).block();
        NewPush later = people.someone("dora", ProviderName.EXPO);
        queue.add(List.of(later)).block();
        becomes(later, PushStatus.ACCEPTED);
        assertThat(expo.sentIds())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(pushes.stream(), Stream.of(later))
                        .map(NewPush::id)
                        .toList());
        assertThat(stored(pushes.get(0)).providerId())
                .isEqualTo("its-" + pushes.get(0).id());
    }

    @Test
    void saysHowManyMessagesAreUnreadAndWhatTheyAreThen() {
        NewPush push = people.someone("alice", ProviderName.EXPO);
        queue.add(List.of(push)).block();
        people.text = "hello, edited";
        start();
        becomes(push, PushStatus.ACCEPTED);
        assertThat(expo.sent).singleElement().satisfies(sent -> {
            assertThat(sent.content().body()).isEqualTo("hello, edited");
            assertThat(sent.content().badge()).isEqualTo(3);
            assertThat(sent.address().token()).isEqualTo("token-of-alice");
        });
    }

    @Test
    void instancesShareTheQueueAndSendEachPushOnce() {
        List<NewPush> pushes = Stream.iterate(0, n -> n + 1)
                .limit(500)
                .map(n -> people.someone("user-" + n, ProviderName.EXPO))
                .toList();
        start();
        start();
        queue.add(pushes).block();
        Until.satisfied(() -> assertThat(expo.sent).hasSize(500));
        assertThat(new HashSet<>(expo.sentIds())).hasSize(500);
    }

    @Test
    void aProviderThatIsAwayHoldsUpNoOtherAndGetsItsPushesWhenItIsBack() {
        expo.before = Mono.error(new IllegalStateException("away"));
        List<NewPush> held = Stream.iterate(0, n -> n + 1)
                .limit(100)
                .map(n -> people.someone("user-" + n, ProviderName.EXPO))
                .toList();
        queue.add(held).block();
        start();
        Until.satisfied(() -> assertThat(expo.calls.get()).isGreaterThanOrEqualTo(2));
        List<NewPush> others = Stream.iterate(0, n -> n + 1)
                .limit(100)
                .map(n -> people.someone("other-" + n, ProviderName.FCM))
                .toList();
        queue.add(others).block();
        Until.satisfied(() -> assertThat(fcm.sent).hasSize(100));
        assertThat(expo.sent).isEmpty();
        // An outage is no try of a push: however long it was, none is given up.
        Until.satisfied(() -> assertThat(expo.calls.get()).isGreaterThanOrEqualTo(8));
        expo.before = Mono.empty();
        held.forEach(push -> becomes(push, PushStatus.ACCEPTED));
        assertThat(expo.sentIds())
                .containsExactlyInAnyOrderElementsOf(
                        held.stream().map(NewPush::id).toList());
    }

    @Test
    void leavesAProviderAloneForAsLongAsItAsks() {
        expo.before = Mono.error(new ProviderUnavailableException("429", Duration.ofSeconds(400)));
        NewPush push = people.someone("alice", ProviderName.EXPO);
        queue.add(List.of(push)).block();
        start();
        Until.satisfied(() -> assertThat(stored(push).reason()).isEqualTo("429"));
        assertThat(stored(push).waiting().dueAt()).isAfter(Instant.now().plusSeconds(300));
        assertThat(stored(push).tries()).isZero();
        assertThat(expo.calls).hasValue(1);
    }

    @Test
    void waitsWithOnePushForAsLongAsIsAsked() {
        expo.answer = push -> new PushOutcome.Retry("MessageRateExceeded", Duration.ofSeconds(400));
        NewPush push = people.someone("alice", ProviderName.EXPO);
        queue.add(List.of(push)).block();
        start();
        Until.satisfied(() -> assertThat(stored(push).reason()).isEqualTo("MessageRateExceeded"));
        assertThat(stored(push).waiting().dueAt()).isAfter(Instant.now().plusSeconds(300));
    }

    @Test
    void givesUpAfterTheLastTryAndSaysWhy() {
        expo.answer = push -> new PushOutcome.Retry("MessageRateExceeded", null);
        NewPush push = people.someone(alice, ProviderName.EXPO);
        queue.add(List.of(push)).block();
        start();
        becomes(push, PushStatus.FAILED);
        assertThat(expo.sent).hasSize(3);
        isDead(push, "too-many-tries: MessageRateExceeded");
    }

    @Test
    void whatIsRefusedIsNotSentAgain() {
        expo.answer = push -> new PushOutcome.Refused("MessageTooBig");
        NewPush push = people.someone(alice, ProviderName.EXPO);
        queue.add(List.of(push)).block();
        start();
        becomes(push, PushStatus.FAILED);
        assertThat(expo.sent).hasSize(1);
        isDead(push, "MessageTooBig");
    }

    @Test
    void whatIsTooOldIsNotSent() {
        NewPush push = people.someone(alice, ProviderName.EXPO);
        queue.add(List.of(push)).block();
        start(settings(Duration.ofNanos(1)));
        becomes(push, PushStatus.FAILED);
        assertThat(expo.sent).isEmpty();
        isDead(push, "too-old");
    }

    private void isDead(NewPush push, String reason) {
        assertThat(stored(push).reason()).isEqualTo(reason);
        try (TopicReader dead = new TopicReader(DeadLetters.TOPIC)) {
            var letter = dead.await(push.userId(), 1, found -> true).get(0);
            assertThat(json.readTree(letter.value()).path("reason").asString()).isEqualTo(reason);
            assertThat(json.readTree(letter.value()).path("pushId").asString()).isEqualTo(push.id());
            assertThat(letter.value()).doesNotContain("token-of", "hello");
        }
    }

    @Test
    void endsADeviceThatTheProviderDoesNotKnowAnyMore() {
        expo.answer = push -> new PushOutcome.TokenGone("DeviceNotRegistered");
        NewPush push = people.someone("alice", ProviderName.EXPO);
        queue.add(List.of(push)).block();
        start();
        becomes(push, PushStatus.FAILED);
        assertThat(people.retired).containsExactly("alice DeviceNotRegistered");
        NewPush next = KnownPeople.push("alice", ProviderName.EXPO, "next");
        queue.add(List.of(next)).block();
        isSuppressed(next, Suppression.DEVICE_GONE);
    }

    @Test
    void looksOnceMoreBeforeItSends() {
        NewPush read = people.someone("reader", ProviderName.EXPO);
        people.reads("reader", 7);
        NewPush left = people.someone("left", ProviderName.EXPO);
        people.members.remove("left");
        NewPush gone = people.someone("gone", ProviderName.EXPO);
        people.devices.remove("gone");
        queue.add(List.of(read, left, gone)).block();
        start();
        isSuppressed(read, Suppression.READ);
        isSuppressed(left, Suppression.NOT_A_MEMBER);
        isSuppressed(gone, Suppression.DEVICE_GONE);
        people.withheld = Suppression.DELETED;
        NewPush deleted = people.someone("alice", ProviderName.EXPO);
        queue.add(List.of(deleted)).block();
        isSuppressed(deleted, Suppression.DELETED);
        assertThat(expo.calls).hasValue(0);
    }

    @Test
    void aProviderWithoutCredentialsIsSentNothing() {
        expo.enabled = false;
        NewPush push = people.someone("alice", ProviderName.EXPO);
        NewPush ofUnknown = people.someone("bob", ProviderName.WEBHOOK);
        queue.add(List.of(push, ofUnknown)).block();
        start();
        isSuppressed(push, Suppression.PROVIDER_OFF);
        isSuppressed(ofUnknown, Suppression.PROVIDER_OFF);
    }

    @Test
    void followsADeviceToItsNewProvider() {
        NewPush push = people.someone("alice", ProviderName.EXPO);
        people.device("alice", ProviderName.FCM);
        queue.add(List.of(push)).block();
        start();
        becomes(push, PushStatus.ACCEPTED);
        assertThat(fcm.sentIds()).containsExactly(push.id());
        assertThat(expo.sent).isEmpty();
    }

    @Test
    void notesWhatIsUnderWayBeforeItStops() throws InterruptedException {
        Sinks.Empty<Void> answer = Sinks.empty();
        expo.before = answer.asMono();
        NewPush push = people.someone("alice", ProviderName.EXPO);
        queue.add(List.of(push)).block();
        PushDelivery delivery = start();
        Until.satisfied(() -> assertThat(expo.calls).hasValue(1));
        CountDownLatch ended = new CountDownLatch(1);
        delivery.stop(ended::countDown);
        assertThat(ended.getCount()).isEqualTo(1);
        answer.tryEmitEmpty();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stored(push).status()).isEqualTo(PushStatus.ACCEPTED);
    }

    @Test
    void givesBackWhatItHasNotSentWhenItStops() throws InterruptedException {
        Sinks.Empty<Void> known = Sinks.empty();
        CountDownLatch asked = new CountDownLatch(1);
        people.before = known.asMono().doOnSubscribe(begun -> asked.countDown());
        NewPush push = people.someone("alice", ProviderName.EXPO);
        queue.add(List.of(push)).block();
        PushDelivery delivery = start();
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        CountDownLatch ended = new CountDownLatch(1);
        delivery.stop(ended::countDown);
        known.tryEmitEmpty();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(expo.calls).hasValue(0);
        assertThat(stored(push).waiting().claim()).isNull();
        people.before = Mono.empty();
        start();
        becomes(push, PushStatus.ACCEPTED);
    }

    @Test
    void whatAKilledInstanceHadClaimedIsClaimedAgainAfterItsLease() {
        NewPush push = people.someone("alice", ProviderName.EXPO);
        queue.add(List.of(push)).block();
        List<StoredPush> lost =
                store.claim(ProviderName.EXPO, 10, Duration.ofMillis(300)).block();
        assertThat(lost).extracting(StoredPush::id).containsExactly(push.id());
        start();
        becomes(push, PushStatus.ACCEPTED);
        assertThat(stored(push).tries()).isEqualTo(2);
        // The one that was killed comes back, and is not listened to.
        store.record(List.of(PushResult.dead(lost.get(0), "late"))).block();
        assertThat(stored(push).status()).isEqualTo(PushStatus.ACCEPTED);
    }

    @Test
    void takesAwayWhatIsReadElsewhereOnce() {
        NewPush seventh = people.someone("alice", ProviderName.EXPO);
        NewPush again = KnownPeople.push("alice", ProviderName.EXPO, "reaction");
        NewPush unread = people.someone("bob", ProviderName.EXPO);
        queue.add(List.of(seventh, again, unread)).block();
        start();
        Stream.of(seventh, again, unread).forEach(push -> becomes(push, PushStatus.ACCEPTED));
        Withdrawals withdrawals = new Withdrawals(store);
        withdrawals.hear(List.of(read("alice", 6))).block();
        withdrawals.hear(List.of(read("alice", 7), read("carol", 7))).block();
        withdrawals.hear(List.of(read("alice", 7))).block();
        Until.satisfied(() -> assertThat(withdrawn()).hasSize(1));
        assertThat(withdrawn().get(0)).satisfies(sent -> {
            assertThat(sent.address().token()).isEqualTo("token-of-alice");
            assertThat(sent.content().type()).isEqualTo("read");
            assertThat(sent.content().conversationId()).isEqualTo(KnownPeople.CONVERSATION);
            assertThat(sent.content().tag()).isEqualTo(KnownPeople.CONVERSATION);
            assertThat(sent.content().badge()).isEqualTo(3);
            assertThat(sent.content().title()).isNull();
            assertThat(sent.urgent()).isFalse();
        });
        // Nothing of it is shown any more, so who reads on takes nothing away.
        Until.satisfied(() -> assertThat(stored(seventh).shownFor()).isNull());
        withdrawals.hear(List.of(read("alice", 9))).block();
        withdrawals.hear(List.of(read("bob", 9))).block();
        Until.satisfied(() -> assertThat(withdrawn()).hasSize(2));
        assertThat(withdrawn().get(1).address().token()).isEqualTo("token-of-bob");
    }

    @Test
    void takesAwayWhatWasOnItsWayWhenItWasRead() {
        Sinks.Empty<Void> answer = Sinks.empty();
        expo.before = answer.asMono();
        NewPush push = people.someone("alice", ProviderName.EXPO);
        queue.add(List.of(push)).block();
        start();
        Until.satisfied(() -> assertThat(expo.calls).hasValue(1));
        new Withdrawals(store).hear(List.of(read("alice", 7))).block();
        answer.tryEmitEmpty();
        becomes(push, PushStatus.ACCEPTED);
        Until.satisfied(() -> assertThat(withdrawn()).hasSize(1));
    }

    private List<PushRequest> withdrawn() {
        return expo.sent.stream().filter(sent -> sent.content().silent()).toList();
    }

    private static ReceivedEvent read(String userId, long seq) {
        ReceiptRead read = new ReceiptRead(
                KnownPeople.CONVERSATION,
                KnownPeople.TENANT,
                userId,
                "message-" + seq,
                seq,
                0,
                Instant.now(),
                List.of(),
                List.of(),
                0,
                null,
                null);
        return new ReceivedEvent(Ids.next(), Instant.now(), read, 0, 0, 100);
    }

    @Test
    void asksLaterWhatBecameOfPushes() {
        ReceiptScript later = new ReceiptScript();
        expo = later;
        NewPush delivered = people.someone("alice", ProviderName.EXPO);
        NewPush gone = people.someone("bob", ProviderName.EXPO);
        NewPush moved = people.someone("carol", ProviderName.EXPO);
        NewPush unknown = people.someone("dora", ProviderName.EXPO);
        NewPush busy = people.someone("erin", ProviderName.EXPO);
        NewPush refused = people.someone(alice, ProviderName.EXPO);
        List<NewPush> all = List.of(delivered, gone, moved, unknown, busy, refused);
        queue.add(all).block();
        start();
        all.forEach(push -> becomes(push, PushStatus.ACCEPTED));
        later.receipts.put("its-" + delivered.id(), new PushOutcome.Accepted(null));
        later.receipts.put("its-" + gone.id(), new PushOutcome.TokenGone("DeviceNotRegistered"));
        later.receipts.put("its-" + moved.id(), new PushOutcome.TokenGone("DeviceNotRegistered"));
        later.receipts.put("its-" + busy.id(), new PushOutcome.Retry("MessageRateExceeded", null));
        later.receipts.put("its-" + refused.id(), new PushOutcome.Refused("InvalidCredentials"));
        people.devices.put("carol", KnownPeople.device("carol", ProviderName.EXPO, "another token"));
        // Another instance than the one that sent them: what is to be asked for stands on the pushes.
        new ReceiptPolling(
                        new StaticListableBeanFactory(Map.of("expo", later)).getBeanProvider(ReceiptProvider.class),
                        new ReceiptStore(mongo, new DeadLetters(outbox, new DeadLetterCodec(json))),
                        people,
                        settings(LONG),
                        new RetryDelays(settings(LONG), BREAKER),
                        metrics)
                .poll(later)
                .block();
        assertThat(stored(delivered).status()).isEqualTo(PushStatus.DELIVERED);
        assertThat(stored(gone).status()).isEqualTo(PushStatus.FAILED);
        assertThat(people.retired).containsExactly("bob DeviceNotRegistered");
        assertThat(stored(unknown).receipt().dueAt()).isAfter(Instant.now().plusSeconds(60));
        assertThat(stored(delivered).receipt()).isNull();
        isDead(refused, "InvalidCredentials");
        Until.satisfied(() ->
                assertThat(later.sentIds().stream().filter(busy.id()::equals)).hasSize(2));
        assertThat(counted("parley.notification.pushes", "outcome", "delivered"))
                .isEqualTo(1);
    }

    /** A provider that says later what became of pushes. */
    private static final class ReceiptScript extends ScriptedProvider implements ReceiptProvider {

        private final Map<String, PushOutcome> receipts = new ConcurrentHashMap<>();

        private ReceiptScript() {
            super(ProviderName.EXPO);
        }

        @Override
        public Duration receiptsAfter() {
            return Duration.ZERO;
        }

        @Override
        public Duration receiptsUntil() {
            return Duration.ofHours(1);
        }

        @Override
        public int maxReceipts() {
            return 4;
        }

        @Override
        public Mono<Map<String, PushOutcome>> receipts(List<String> providerIds) {
            assertThat(providerIds).hasSizeLessThanOrEqualTo(4);
            return Mono.just(receipts);
        }
    }

    @Test
    void sendsDeadLettersAgainWhenItIsTold() {
        expo.answer = push -> new PushOutcome.Refused("InvalidCredentials");
        NewPush push = people.someone(alice, ProviderName.EXPO);
        queue.add(List.of(push)).block();
        start();
        becomes(push, PushStatus.FAILED);
        isDead(push, "InvalidCredentials");
        expo.answer = sent -> new PushOutcome.Accepted(null);
        DeadLetterReplay replay = new DeadLetterReplay(consumers, store, wakeups, new DeadLetterCodec(json));
        assertThat(replay.replay().block().replayed()).isEqualTo(1);
        becomes(push, PushStatus.ACCEPTED);
        assertThat(replay.replay().block().replayed()).isZero();
        assertThat(expo.sentIds()).containsExactly(push.id(), push.id());
    }

    @Test
    void countsWhatBecomesOfPushes() {
        NewPush sent = people.someone("alice", ProviderName.EXPO);
        NewPush read = people.someone("bob", ProviderName.EXPO);
        people.reads("bob", 9);
        queue.add(List.of(sent, read)).block();
        queue.suppressed(List.of(people.someone("carol", ProviderName.EXPO)), Suppression.MUTED)
                .block();
        start();
        becomes(sent, PushStatus.ACCEPTED);
        becomes(read, PushStatus.SUPPRESSED);
        Until.satisfied(() -> {
            assertThat(counted("parley.notification.pushes", "outcome", "accepted"))
                    .isEqualTo(1);
            assertThat(counted("parley.notification.suppressed", "reason", "read"))
                    .isEqualTo(1);
            assertThat(counted("parley.notification.suppressed", "reason", "muted"))
                    .isEqualTo(1);
            assertThat(meters.get("parley.notification.latency").timer().count())
                    .isEqualTo(1);
        });
    }

    @Test
    void tellsHowManyPushesWaitAndForHowLong() {
        Sinks.Empty<Void> answer = Sinks.empty();
        expo.before = answer.asMono();
        // As many as are under way at a time, and twenty that wait.
        List<NewPush> pushes = Stream.iterate(0, n -> n + 1)
                .limit(3 * ScriptedProvider.BATCH)
                .map(n -> people.someone("user-" + n, ProviderName.EXPO))
                .toList();
        queue.add(pushes).block();
        start();
        Until.satisfied(() -> {
            assertThat(meters.get("parley.notification.queue.waiting")
                            .tag("provider", "expo")
                            .gauge()
                            .value())
                    .isEqualTo(ScriptedProvider.BATCH);
            assertThat(meters.get("parley.notification.queue.age")
                            .tag("provider", "expo")
                            .gauge()
                            .value())
                    .isPositive();
        });
        answer.tryEmitEmpty();
    }

    private double counted(String name, String tag, String value) {
        return meters.get(name)
                .tag("provider", "expo")
                .tag(tag, value)
                .counter()
                .count();
    }
}
