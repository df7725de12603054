package dev.parley.notification.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.ConversationUpdated.MemberChange;
import dev.parley.events.Event;
import dev.parley.events.NodeHeartbeat;
import dev.parley.events.NodeStopped;
import dev.parley.events.PresenceChanged;
import dev.parley.events.Topics;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** What is known of conversations and their members, as events tell it and as it is copied. */
class AudienceTest extends NotificationServiceTest {

    @Autowired
    private AudienceProjection projection;

    @Autowired
    private Audience audience;

    @Autowired
    private Badges badges;

    @Autowired
    private OpenConversations open;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    @Autowired
    private ReactiveMongoTemplate mongo;

    private final List<String> users =
            IntStream.range(0, 4).mapToObj(i -> i + "-" + Ids.next()).toList();
    private final ModelConversation first = new ModelConversation(Ids.next());
    private final ModelConversation second = new ModelConversation(Ids.next());
    private final List<ConversationEvent> history = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void knowsWhatIsUnreadWhateverHappensAndWhateverIsRepeated(int seed) {
        Random random = new Random(seed);
        history.add(first.create(users));
        history.add(second.create(users.subList(0, 3)));
        int heard = 0;
        for (int round = 0; round < 25; round++) {
            for (int i = 0; i < 8; i++) {
                (random.nextBoolean() ? first : second).step(random).ifPresent(history::add);
            }
            int from = random.nextInt(3) == 0 ? random.nextInt(heard + 1) : heard;
            hear(history.subList(from, history.size()));
            heard = history.size();
            assertKnown();
        }
    }

    @Test
    void isTheSameWhenItWasLostAndIsCopiedWhileMuchHappens() {
        Random random = new Random(7);
        hear(List.of(first.create(users), second.create(users.subList(0, 3))));
        for (int i = 0; i < 60; i++) {
            first.step(random).ifPresent(event -> hear(List.of(event)));
            second.step(random).ifPresent(event -> hear(List.of(event)));
        }
        List<ModelConversation> others = IntStream.range(0, 30)
                .mapToObj(i -> new ModelConversation(Ids.next()))
                .toList();
        others.forEach(other -> {
            other.create(users);
            other.step(random);
            other.isKnown();
        });
        first.isKnown();
        second.isKnown();
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> happening = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                first.step(random).ifPresent(event -> hear(List.of(event)));
            }
        });

        try {
            forget(first.id);
            forget(second.id);
            assertThat(asService()
                            .post("/internal/platform/audience/rebuild", Map.of())
                            .status())
                    .isEqualTo(200);
            awaitRebuilt();
        } finally {
            stop.set(true);
        }
        happening.join();

        assertKnown(others);
        assertThat(audience.conversation(others.get(29).id).block().name()).isEqualTo("Model");
    }

    @Test
    void isCopiedOverWhatIsWrongOrMissing() {
        hear(List.of(first.create(users)));
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            first.step(random).ifPresent(event -> {
                // Every third is lost.
                if (random.nextInt(3) > 0) {
                    hear(List.of(event));
                }
            });
        }
        first.isKnown();

        asService().post("/internal/platform/audience/rebuild", Map.of());
        awaitRebuilt();

        assertKnown(List.of());
    }

    @Test
    void hearsOfWhatIsPublished() {
        Random random = new Random(11);
        publish(first.create(users));
        for (int i = 0; i < 40; i++) {
            first.step(random).ifPresent(this::publish);
        }

        Until.satisfied(() -> assertKnown(List.of()));
    }

    @Test
    void forgetsTheMembersOfADeletedConversation() {
        hear(List.of(first.create(users)));
        first.step(new Random(1)).ifPresent(event -> hear(List.of(event)));

        hear(List.of(new ConversationDeleted(first.id, TENANT, null, users.get(0))));

        assertThat(audience.conversation(first.id).block()).isNull();
        assertThat(audience.readers(first.id, null, 10).block()).isEmpty();
        assertThat(badges.of(users).block())
                .allSatisfy((user, unread) -> assertThat(unread).isZero());
    }

    @Test
    void whoMayNotReadIsNoReader() {
        hear(List.of(first.create(users)));

        hear(List.of(new ConversationUpdated(
                first.id, TENANT, users.get(1), null, null, new MemberChange(null, null, false))));

        assertThat(audience.readers(first.id, null, 10).block())
                .extracting(AudienceMember::userId)
                .containsExactly(users.get(0), users.get(2), users.get(3));
        assertThat(audience.members(first.id, users).block().get(users.get(1)).reader())
                .isFalse();
    }

    @Test
    void pagesThroughReadersByTheirIds() {
        hear(List.of(first.create(users)));

        List<AudienceMember> page = audience.readers(first.id, null, 3).block();
        List<AudienceMember> rest =
                audience.readers(first.id, page.get(2).userId(), 3).block();

        assertThat(page).extracting(AudienceMember::userId).isEqualTo(users.subList(0, 3));
        assertThat(rest).extracting(AudienceMember::userId).containsExactly(users.get(3));
    }

    @Test
    void knowsWhatIsOpenAtNodesThatAreThere() {
        String node = Ids.next();
        publish(new PresenceChanged(
                node,
                alice,
                TENANT,
                PresenceChanged.Status.ONLINE,
                Instant.now(),
                List.of(conversation),
                List.of(conversation)));
        Until.satisfied(() -> assertThat(open.isOpen(alice, conversation)).isTrue());
        assertThat(open.isOpen(bob, conversation)).isFalse();

        publish(new PresenceChanged(
                node, alice, TENANT, PresenceChanged.Status.AWAY, Instant.now(), List.of(conversation), List.of()));
        Until.satisfied(() -> assertThat(open.isOpen(alice, conversation)).isFalse());
    }

    @Test
    void asksANodeForItsUsersAndForgetsItWhenItStops() {
        String node = Ids.next();
        try (TopicReader topic = new TopicReader(Topics.PRESENCE)) {
            publish(new NodeHeartbeat(node, Instant.now()));
            topic.await(
                    "nodes",
                    1,
                    record -> TopicReader.type(record).equals("node.asks")
                            && record.value().contains("\"of\":\"" + node + "\"")
                            && record.value().contains("\"observer\":true"));
        }
        publish(new PresenceChanged(
                node, alice, TENANT, PresenceChanged.Status.ONLINE, Instant.now(), List.of(), List.of(conversation)));
        Until.satisfied(() -> assertThat(open.isOpen(alice, conversation)).isTrue());

        publish(new NodeStopped(node, Instant.now()));

        Until.satisfied(() -> assertThat(open.isOpen(alice, conversation)).isFalse());
    }

    private void assertKnown() {
        assertKnown(List.of());
    }

    private void assertKnown(List<ModelConversation> others) {
        Map<String, Long> unread = badges.of(users).block();
        for (String user : users) {
            long expected = first.unread(user)
                    + second.unread(user)
                    + others.stream().mapToLong(other -> other.unread(user)).sum();
            assertThat(unread.get(user)).as("%s after %s", user, history).isEqualTo(expected);
        }
        for (ModelConversation one : List.of(first, second)) {
            assertThat(audience.readers(one.id, null, 10).block()).isEqualTo(one.readers());
            AudienceConversation known = audience.conversation(one.id).block();
            assertThat(known == null ? "Model" : known.name()).isEqualTo(one.name());
        }
    }

    private void awaitRebuilt() {
        Until.satisfied(() -> assertThat(asService()
                        .get("/internal/platform/audience/rebuild")
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("done"));
    }

    private void forget(String conversationId) {
        mongo.remove(Query.query(Criteria.where("conversationId").is(conversationId)), AudienceStore.MEMBERS)
                .block();
        mongo.remove(Query.query(Criteria.where("_id").is(conversationId)), AudienceStore.CONVERSATIONS)
                .block();
    }

    /** As they come from the topic. */
    private void hear(List<? extends ConversationEvent> batch) {
        List<ReceivedEvent> received = batch.stream()
                .map(event -> new ReceivedEvent(Ids.next(), Instant.now(), event, 0, 0, 0))
                .toList();
        projection.hear(received).block();
    }

    private void publish(Event... told) {
        publisher.publish(Arrays.stream(told).map(events::pending).toList()).block();
    }
}
