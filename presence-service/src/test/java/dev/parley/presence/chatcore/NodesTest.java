package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationKind;
import dev.parley.events.NodeHeartbeat;
import dev.parley.events.NodeSnapshotRequested;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.events.PresenceChanged;
import dev.parley.events.PresenceChanged.Status;
import dev.parley.events.Topics;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Presence where a user's devices are at different nodes: "here" is the one of the other tests, "there" another. */
@TestPropertySource(
        properties = {NodesTest.GRACE, NodesTest.HEARTBEAT, NodesTest.LEASE, NodesTest.PER_SECOND, NodesTest.BURST})
class NodesTest extends ChatServiceTest {

    static final String GRACE = "parley.presence.offline-grace=3s";
    static final String HEARTBEAT = "parley.presence.nodes.heartbeat=200ms";
    static final String LEASE = "parley.presence.nodes.lease=4s";

    static final String PER_SECOND = "parley.presence.limits.events.get-typing-users.per-second=1";
    static final String BURST = "parley.presence.limits.events.get-typing-users.burst=20";

    private static OtherNode there;

    private TopicReader topic;

    @BeforeAll
    static void startAnotherNode() {
        there = OtherNode.start(GRACE, HEARTBEAT, LEASE, PER_SECOND, BURST);
    }

    @AfterAll
    static void stopTheOtherNode() {
        there.close();
    }

    @BeforeEach
    void readTheTopic() {
        topic = new TopicReader(Topics.PRESENCE);
    }

    @AfterEach
    void stopReading() {
        topic.close();
    }

    @Test
    void notifiesOnceAtAllNodesThatAUserIsOnlineOrOffline() {
        Device aliceHere = connect(alice);
        Device aliceThere = connect(there, alice);

        Device bobHere = connect(bob);
        awaitAll("user_online", aliceHere, aliceThere);
        Device bobThere = connect(there, bob);
        awaitTold(bob, "ONLINE", 2);
        bobHere.close();
        awaitTold(bob, "OFFLINE", 1);
        Instant before = Instant.now().minusMillis(1);
        bobThere.close();

        awaitAll("user_offline", aliceHere, aliceThere);
        for (Device device : List.of(aliceHere, aliceThere)) {
            assertThat(device.told("user_online")).hasSize(1);
            assertThat(device.told("user_offline")).hasSize(1);
            assertThat(device.await("user_status", 2).stream()
                            .map(status -> status.path("status").asString()))
                    .containsExactly("online", "offline");
            assertThat(time(device.told("user_offline").get(0))).isBetween(before, Instant.now());
        }
        assertThat(aliceHere.told("user_offline")).isEqualTo(aliceThere.told("user_offline"));
    }

    @Test
    void doesNotNotifyAboutAUserWhoReconnectsToAnotherNode() {
        Device aliceHere = connect(alice);
        Device aliceThere = connect(there, alice);
        Device bobHere = connect(bob);
        awaitAll("user_online", aliceHere, aliceThere);

        bobHere.close();
        Device bobThere = connect(there, bob);

        awaitTold(bob, "OFFLINE", 1);
        bobThere.succeed("typing", Map.of("conversationId", conversation, "isTyping", true));
        for (Device device : List.of(aliceHere, aliceThere)) {
            device.awaitOne("typing_indicator");
            assertThat(device.told("user_offline")).isEmpty();
            assertThat(device.told("user_online")).hasSize(1);
            assertThat(device.told("user_status")).hasSize(1);
        }
    }

    /** One that limits for itself would have it wait for a second, and again for a second. */
    @Test
    void countsWhatAUserSendsForAllNodesTogether() {
        Device aliceHere = connect(alice);
        Device aliceThere = connect(there, alice);

        Until.satisfied(() -> assertThat(wait(aliceHere)).isPositive());
        Until.satisfied(() -> assertThat(wait(aliceThere)).isGreaterThan(5));
    }

    private int wait(Device device) {
        return device.ask("get_typing_users", conversation).path("retryAfter").asInt(0);
    }

    @Test
    void showsConnectingUsersAndCallersTheUsersOfAllNodes() {
        connect(there, bob);
        connect(there, carol);
        Until.satisfied(
                () -> assertThat(status(port, bob, carol, alice)).containsExactly("online", "online", "offline"));

        Device alicePhone = connect(alice);

        assertThat(alicePhone
                        .awaitOne("online_users")
                        .path("userIds")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly(bob);
        assertThat(alicePhone
                        .ask("get_online_users", new JSONArray(List.of("nobody", bob)))
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly(bob);
        Until.satisfied(() -> assertThat(status(there.port(), alice)).containsExactly("online"));
    }

    @Test
    void followsWhichUsersShareAConversation() {
        Device alicePhone = connect(alice);
        Device carolPhone = connect(carol);
        Device bobThere = connect(there, bob);
        alicePhone.awaitOne("user_online");
        Until.satisfied(() -> assertThat(status(there.port(), alice, carol)).containsExactly("online", "online"));
        assertThat(carolPhone.told("user_online")).isEmpty();
        String fresh = "new-" + conversation;
        SERVICES.member(fresh, bob, true, 0);
        SERVICES.member(fresh, carol, true, 0);

        publish(
                new ConversationCreated(
                        fresh,
                        TENANT,
                        ConversationKind.GROUP,
                        "Team",
                        null,
                        bob,
                        List.of(
                                new Participant(user(bob), Role.ADMIN, Instant.now()),
                                new Participant(user(carol), Role.MEMBER, Instant.now())),
                        Instant.now()),
                notice(alice, 1, NoticeKind.MEMBER_REMOVED, bob));
        carolPhone.awaitOne("conversation_created");
        assertThat(carolPhone.awaitOne("user_online").path("userId").asString()).isEqualTo(bob);
        alicePhone.awaitOne("participant_left");
        assertThat(alicePhone.told("user_online")).hasSize(1);
        assertThat(bobThere.awaitOne("user_online").path("userId").asString()).isEqualTo(carol);
        bobThere.awaitOne("conversation_created");
        bobThere.awaitOne("participant_left");
        bobThere.close();

        assertThat(carolPhone.awaitOne("user_offline").path("userId").asString())
                .isEqualTo(bob);
        assertThat(alicePhone.told("user_offline")).isEmpty();
    }

    @Test
    void usersOfASilentNodeGoOffline() {
        SERVICES.member(conversation, carol, true, 0);
        OtherNode third = OtherNode.start(GRACE, HEARTBEAT, LEASE);
        try {
            Device aliceHere = connect(alice);
            Device aliceThere = connect(there, alice);
            connect(third, bob);
            connect(third, carol);
            connect(there, carol);
            awaitTold(carol, "ONLINE", 2);
            for (Device device : List.of(aliceHere, aliceThere)) {
                device.await("user_online", 2);
            }
            Instant before = Instant.now().minus(Duration.ofSeconds(2));

            third.fallSilent();

            awaitAll("user_offline", aliceHere, aliceThere);
            for (Device device : List.of(aliceHere, aliceThere)) {
                JsonNode offline = device.awaitOne("user_offline");
                assertThat(offline.path("userId").asString()).isEqualTo(bob);
                assertThat(time(offline)).isBetween(before, Instant.now().minusSeconds(1));
                Until.satisfied(() -> assertThat(new ApiClient(port, TestTokens.tokenFor(alice, TENANT))
                                .get("/api/v1/users/" + bob + "/last-seen")
                                .body()
                                .path("lastSeenAt"))
                        .isEqualTo(offline.path("lastSeenAt")));
                assertThat(device.told("user_offline")).hasSize(1);
            }
            assertThat(status(port, bob, carol)).containsExactly("offline", "online");
        } finally {
            third.close();
        }
    }

    @Test
    void requestsTheUsersOfANodeThatIsBack() {
        String silent = Ids.next();
        Device alicePhone = connect(alice);
        PresenceChanged online =
                new PresenceChanged(silent, bob, TENANT, Status.ONLINE, Instant.now(), List.of(conversation));
        publish(new NodeHeartbeat(silent, Instant.now()), online);
        alicePhone.awaitOne("user_online");
        alicePhone.awaitOne("user_offline");

        publish(new NodeHeartbeat(silent, Instant.now()));

        topic.await(
                "nodes",
                1,
                record -> TopicReader.type(record).equals("node.asks")
                        && record.value().contains("\"of\":\"" + silent + "\""));
        // The answer, and a repetition of it.
        publish(online, online);
        alicePhone.await("user_online", 2);
        alicePhone.await("user_offline", 2);
        assertThat(alicePhone.told("user_online")).hasSize(2);
    }

    @Test
    void tellsWhoOnlyReadsWhatItsUsersHaveOpen() {
        String observer = Ids.next();
        Device bobPhone = connect(bob);
        bobPhone.succeed("join_room", conversation);
        String open = "\"openConversationIds\":[\"" + conversation + "\"]";
        int told = topic.await(bob, 1, record -> record.value().contains(open)).size();

        publish(new NodeSnapshotRequested(observer, null, true));

        topic.await(bob, told + 1, record -> record.value().contains(open));
        topic.await(
                "nodes",
                2,
                record -> TopicReader.type(record).equals("node.told")
                        && record.value().contains("\"to\":\"" + observer + "\""));
    }

    @Test
    void aStartingNodeKnowsWhoIsOnline() {
        connect(bob);
        connect(there, carol);
        SERVICES.member(conversation, carol, true, 0);
        OtherNode third = OtherNode.start(GRACE, HEARTBEAT, LEASE);
        try {
            assertThat(status(third.port(), bob, carol, alice)).containsExactly("online", "online", "offline");

            Device alicePhone = connect(third, alice);

            // Carol was not in the conversation when she came, and no notice told of her.
            assertThat(alicePhone
                            .awaitOne("online_users")
                            .path("userIds")
                            .valueStream()
                            .map(JsonNode::asString))
                    .containsExactly(bob);
        } finally {
            third.close();
        }
    }

    @Test
    void clientsOfAStoppedNodeMayReconnectWithinTheGrace() {
        SERVICES.member(conversation, carol, true, 0);
        OtherNode third = OtherNode.start(GRACE, HEARTBEAT, LEASE);
        Device alicePhone = connect(alice);
        try {
            connect(third, bob);
            connect(third, carol);
            alicePhone.await("user_online", 2);

            Instant before = Instant.now().minusMillis(1);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(third::close);
            connect(there, bob);
            stopping.orTimeout(60, TimeUnit.SECONDS).join();

            JsonNode offline = alicePhone.awaitOne("user_offline");
            assertThat(offline.path("userId").asString()).isEqualTo(carol);
            assertThat(time(offline)).isBetween(before, Instant.now().minusSeconds(1));
            assertThat(status(port, bob, carol)).containsExactly("online", "offline");
            assertThat(alicePhone.told("user_offline")).hasSize(1);
            assertThat(alicePhone.told("user_online")).hasSize(2);
        } finally {
            third.close();
        }
    }

    @Test
    void notifiesThatAUserIsOfflineAlsoInAConversationThatHasGrownTooLarge() {
        OtherNode third = OtherNode.start(GRACE, HEARTBEAT, LEASE, "parley.presence.max-observers=2");
        try {
            SERVICES.member(conversation, carol, true, 0);
            Device alicePhone = connect(third, alice);
            Device bobPhone = connect(bob);
            alicePhone.awaitOne("user_online");
            connect(there, carol);
            Until.satisfied(() -> assertThat(status(third.port(), bob, carol)).containsExactly("online", "online"));

            bobPhone.close();

            assertThat(alicePhone.awaitOne("user_offline").path("userId").asString())
                    .isEqualTo(bob);
            assertThat(alicePhone.told("user_online")).hasSize(1);
        } finally {
            third.close();
        }
    }

    /** message-service publishes the creation too while conversation-service may not have, and both may do it again. */
    @Test
    void theFirstMessagesOfANewConversationComeOnceToAllWhoeverTellsOfIt() {
        String fresh = "fresh-" + conversation;
        Device alicePhone = connect(alice);
        Device bobPhone = connect(there, bob);
        SERVICES.member(fresh, alice, true, 0);
        SERVICES.member(fresh, bob, true, 0);
        List<Participant> participants = List.of(
                new Participant(user(alice), Participant.Role.ADMIN, Instant.now()),
                new Participant(user(bob), Participant.Role.MEMBER, Instant.now()));
        PendingEvent creation = pending(new ConversationCreated(
                fresh, TENANT, ConversationKind.GROUP, "Team", null, alice, participants, Instant.now()));
        PendingEvent first = pending(RecoveryTest.in(fresh, text(alice, 1)));
        PendingEvent second = pending(RecoveryTest.in(fresh, text(bob, 2)));

        publishAgain(creation, first, creation, creation, first, second, creation, second);

        for (Device device : List.of(alicePhone, bobPhone)) {
            device.awaitOne("conversation_created");
            assertThat(device.await("new_message", 2))
                    .extracting(told -> told.path("message").path("seq").asInt())
                    .containsExactly(1, 2);
        }
        settle(alicePhone, bobPhone);
        assertThat(alicePhone.told("new_message")).hasSize(2);
        assertThat(bobPhone.told("new_message")).hasSize(2);
    }

    private Device connect(OtherNode node, String userId) {
        Device device = Device.of(node.port(), userId, TENANT, "websocket");
        devices.add(device);
        return device;
    }

    private static void awaitAll(String event, Device... all) {
        Stream.of(all).forEach(device -> device.awaitOne(event));
    }

    /** Waits until nodes have told so often that a user is something. */
    private void awaitTold(String userId, String status, int count) {
        topic.await(
                userId,
                count,
                record -> TopicReader.type(record).equals("presence.changed")
                        && record.value().contains("\"" + status + "\""));
    }

    private static List<String> status(int port, String... userIds) {
        return new ApiClient(port, "")
                .with("Authorization", StubAnswers.CREDENTIALS)
                .post("/internal/platform/presence", Map.of("tenantId", TENANT, "userIds", List.of(userIds)))
                .body()
                .path("users")
                .valueStream()
                .map(user -> user.path("status").asString())
                .toList();
    }

    private static Instant time(JsonNode told) {
        return Instant.parse(told.path("lastSeenAt").asString());
    }
}
