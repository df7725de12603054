package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.UserChanged;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.Until;
import dev.parley.presence.transport.RawSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bob shows himself to nobody, or stops to: no way out of the service tells that he is there. */
class PresenceVisibilityTest extends ChatServiceTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void nobodyIsToldThatAHiddenUserComesAndGoes() {
        TestUsers.choose(bob, "nobody");
        Device alicePhone = connect(alice);

        connect(bob).close();
        // Carol shows herself, and comes and goes after Bob.
        SERVICES.member(conversation, carol, true, 0);
        Device carolPhone = connect(carol);
        alicePhone.awaitOne("user_online");
        carolPhone.close();
        alicePhone.awaitOne("user_offline");

        assertThat(status(bob)).isEqualTo("offline");
        assertThat(toldOf(alicePhone, bob)).isEmpty();
    }

    @Test
    void nobodyFindsAHiddenUserOnlineButTheUser() {
        TestUsers.choose(bob, "nobody");
        Device bobPhone = connect(bob);

        Device alicePhone = connect(alice);

        assertThat(alicePhone.awaitOne("online_users").path("userIds")).isEmpty();
        assertThat(online(alicePhone, alice, bob)).containsExactly(alice);
        assertThat(online(connect(carol), bob)).isEmpty();
        assertThat(online(bobPhone, bob, alice)).containsExactly(bob, alice);
    }

    @Test
    void aHiddenUserIsNotShownToThoseWhoComeIntoAConversation() {
        TestUsers.choose(bob, "nobody");
        connect(bob);
        Device alicePhone = connect(alice);
        Device carolPhone = connect(carol);
        SERVICES.member(conversation, carol, 1L);

        publish(notice(alice, 1, NoticeKind.MEMBERS_ADDED, carol), text(alice, 2));

        assertThat(carolPhone.awaitOne("user_online").path("userId").asString()).isEqualTo(alice);
        assertThat(alicePhone.awaitOne("user_online").path("userId").asString()).isEqualTo(carol);
        settle(carolPhone);
        assertThat(toldOf(carolPhone, bob)).isEmpty();
    }

    @Test
    void whoWatchesIsToldAtOnceWhenAUserHidesAndWhenNotAnyMore() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        alicePhone.awaitOne("user_online");

        set("nobody");

        JsonNode offline = alicePhone.awaitOne("user_offline");
        assertThat(offline.path("userId").asString()).isEqualTo(bob);
        assertThat(offline.has("lastSeenAt")).isFalse();
        JsonNode status = alicePhone.await("user_status", 2).get(1);
        assertThat(status.path("status").asString()).isEqualTo("offline");
        assertThat(status.has("lastSeenAt")).isFalse();
        assertThat(online(alicePhone, bob)).isEmpty();
        assertThat(online(bobPhone, bob)).containsExactly(bob);
        assertThat(connect(alice).awaitOne("online_users").path("userIds")).isEmpty();

        set("contacts");

        assertThat(alicePhone.await("user_online", 2).get(1).path("userId").asString())
                .isEqualTo(bob);
        assertThat(alicePhone.await("user_status", 3).get(2).path("status").asString())
                .isEqualTo("online");
        assertThat(online(alicePhone, bob)).containsExactly(bob);
        assertThat(online(connect(carol), bob)).isEmpty();

        set(null);

        Until.satisfied(() -> assertThat(online(connect(carol), bob)).containsExactly(bob));
        settle(alicePhone);
        assertThat(toldOf(alicePhone, bob)).hasSize(6);
        assertThat(toldOf(bobPhone, bob)).isEmpty();
    }

    @Test
    void aUserWhoHidesMeanwhileGoesUnseen() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        alicePhone.awaitOne("user_online");
        set("nobody");
        alicePhone.awaitOne("user_offline");
        List<JsonNode> told = toldOf(alicePhone, bob);

        bobPhone.close();
        Until.satisfied(() -> assertThat(status(bob)).isEqualTo("offline"));
        connect(bob);
        set("nobody");
        SERVICES.member(conversation, carol, true, 0);
        connect(carol);
        alicePhone.await("user_online", 2);

        assertThat(toldOf(alicePhone, bob)).isEqualTo(told);
    }

    @Test
    void allNodesHideAUser() {
        try (OtherNode there = OtherNode.start()) {
            Device alicePhone = connect(alice);
            Device aliceThere = Device.of(there.port(), alice, TENANT, "websocket");
            devices.add(aliceThere);
            devices.add(Device.of(there.port(), bob, TENANT, "websocket"));
            alicePhone.awaitOne("user_online");
            aliceThere.awaitOne("user_online");

            set("nobody");

            for (Device device : List.of(alicePhone, aliceThere)) {
                assertThat(device.awaitOne("user_offline").has("lastSeenAt")).isFalse();
                assertThat(online(device, bob)).isEmpty();
            }
        }
    }

    /** A client that comes back is told anew who is online. */
    @Test
    void aReconnectingClientIsNotToldOfAHiddenUser() {
        TestUsers.choose(bob, "nobody");
        connect(bob);
        RawSocket first = open(Map.of("token", TestTokens.tokenFor(alice, TENANT)));
        JsonNode reply = JSON.readTree(((String) first.nextButPing()).substring("40/chat,".length()));
        JsonNode greeting = event(first);
        first.abort();

        RawSocket back = open(Map.of(
                "token",
                TestTokens.tokenFor(alice, TENANT),
                "pid",
                reply.path("pid").asString(),
                "offset",
                greeting.get(2).asString()));

        assertThat(JSON.readTree(((String) back.nextButPing()).substring("40/chat,".length()))
                        .path("pid"))
                .isEqualTo(reply.path("pid"));
        JsonNode again = event(back);
        assertThat(again.get(0).asString()).isEqualTo("online_users");
        assertThat(again.get(1).path("userIds")).isEmpty();
        back.close();
    }

    private RawSocket open(Map<String, String> auth) {
        RawSocket socket =
                RawSocket.open(URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"));
        socket.next();
        socket.send("40/chat," + JSON.writeValueAsString(auth));
        return socket;
    }

    private static JsonNode event(RawSocket socket) {
        return JSON.readTree(((String) socket.nextButPing()).substring("42/chat,".length()));
    }

    private void set(@Nullable String visibility) {
        TestUsers.choose(bob, visibility == null ? "everyone" : visibility);
        publish(new UserChanged(bob, TENANT, bob, "Name of " + bob, null, null, null, visibility, false, null));
    }

    private static List<String> online(Device device, String... userIds) {
        return device.ask("get_online_users", Map.of("userIds", List.of(userIds)))
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private String status(String userId) {
        return new ApiClient(port, "")
                .with("Authorization", StubAnswers.CREDENTIALS)
                .post("/internal/platform/presence", Map.of("tenantId", TENANT, "userIds", List.of(userId)))
                .body()
                .path("users")
                .path(0)
                .path("status")
                .asString();
    }

    private static List<JsonNode> toldOf(Device device, String userId) {
        return List.of("user_online", "user_offline", "user_status").stream()
                .flatMap(event -> device.told(event).stream())
                .filter(body -> body.path("userId").asString().equals(userId))
                .toList();
    }
}
