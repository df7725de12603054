package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.SessionEnded;
import dev.parley.events.UserChanged;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OnlineTest extends ChatServiceTest {

    @Test
    void notifiesOnceThatAUserIsOnlineOrOfflineHoweverManyDevicesAndConversations() {
        SERVICES.member("second-" + conversation, alice, true, 0);
        SERVICES.member("second-" + conversation, bob, true, 0);
        Device alicePhone = connect(alice);
        Device carolPhone = connect(carol);

        Device bobPhone = connect(bob);
        JsonNode online = alicePhone.awaitOne("user_online");
        Device bobTablet = connect(bob);
        assertThat(online.path("userId").asString()).isEqualTo(bob);
        assertThat(alicePhone.await("user_status", 1).get(0).path("status").asString())
                .isEqualTo("online");
        Instant before = Instant.now().minus(Duration.ofMillis(1));
        bobPhone.close();
        bobTablet.close();

        JsonNode offline = alicePhone.awaitOne("user_offline");
        assertThat(offline.path("userId").asString()).isEqualTo(bob);
        Instant lastSeenAt = Instant.parse(offline.path("lastSeenAt").asString());
        // The time of the last disconnect, not the end of the grace.
        assertThat(lastSeenAt).isBetween(before, Instant.now().minusSeconds(1));
        JsonNode status = alicePhone.await("user_status", 2).get(1);
        assertThat(status.path("status").asString()).isEqualTo("offline");
        assertThat(status.path("lastSeenAt")).isEqualTo(offline.path("lastSeenAt"));
        connect(bob);
        alicePhone.await("user_online", 2);
        assertThat(alicePhone.told("user_offline")).hasSize(1);
        assertThat(bobPhone.told("user_online")).isEmpty();
        assertThat(carolPhone.told("user_online")).isEmpty();
        assertThat(carolPhone.told("user_status")).isEmpty();
    }

    @Test
    void doesNotNotifyAboutAUserWhoReconnectsAtOnce() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        alicePhone.awaitOne("user_online");

        bobPhone.close();
        Device again = connect(bob);
        again.close();

        alicePhone.awaitOne("user_offline");
        assertThat(alicePhone.told("user_online")).hasSize(1);
    }

    @Test
    void sendsAConnectingUserWhichContactsAreOnline() {
        Device bobPhone = connect(bob);
        connect(carol);
        bobPhone.close();

        Device alicePhone = connect(alice);

        // Bob may come back yet.
        assertThat(alicePhone
                        .awaitOne("online_users")
                        .path("userIds")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly(bob);
        alicePhone.awaitOne("user_offline");
        assertThat(connect(alice).awaitOne("online_users").path("userIds")).isEmpty();
    }

    @Test
    void showsWhenAUserWasLastSeenToTheTenant() {
        TestUsers.register("other", "stranger-" + alice);
        assertThat(lastSeen(alice, bob)).isEqualTo(new Answer(200, json("{\"lastSeenAt\":null}")));
        Device bobPhone = connect(bob);
        assertThat(lastSeen(alice, bob).body().path("lastSeenAt").isNull()).isTrue();
        Instant before = Instant.now().minus(Duration.ofMillis(1));
        bobPhone.close();

        Until.satisfied(
                () -> assertThat(lastSeen(alice, bob).body().path("lastSeenAt").isString())
                        .isTrue());
        assertThat(Instant.parse(lastSeen(alice, bob).body().path("lastSeenAt").asString()))
                .isBetween(before, Instant.now());

        assertThat(lastSeen(alice, "stranger-" + alice).code()).isEqualTo("user.not-found");
        assertThat(lastSeen(alice, "nobody").status()).isEqualTo(404);
        assertThat(new ApiClient(port, "nonsense")
                        .get("/api/v1/users/" + bob + "/last-seen")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void storesWhenUsersWereLastSeenAlsoWhenItStops() {
        OtherNode other = OtherNode.start();
        devices.add(Device.of(other.port(), bob, TENANT, "websocket"));

        other.close();

        assertThat(lastSeen(alice, bob).body().path("lastSeenAt").isString()).isTrue();
    }

    @Test
    void closesTheSocketsOfARevokedSignIn() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device bobTablet = connect(bob, "polling");

        publish(new SessionEnded(bob, TENANT, "another"), new SessionEnded(bob, TENANT, "session-of-" + bob));

        bobPhone.awaitClosed();
        bobTablet.awaitClosed();
        alicePhone.awaitOne("user_offline");
        assertThat(Device.refused(port, bob, TENANT).path("data").path("code").asString())
                .isEqualTo("auth.invalid-token");
        alicePhone.succeed("leave_room", conversation);
    }

    @Test
    void refusesASignInThatWasRevokedBeforeTheNodeStarted() {
        publish(new SessionEnded(bob, TENANT, "session-of-" + bob));
        try (OtherNode later = OtherNode.start()) {
            ApiClient bobThere = new ApiClient(later.port(), TestTokens.tokenFor(bob, TENANT));

            Until.satisfied(() -> assertThat(bobThere.get("/api/v1/users/" + alice + "/last-seen")
                            .code())
                    .isEqualTo("auth.invalid-token"));
            assertThat(Device.refused(later.port(), bob, TENANT)
                            .path("data")
                            .path("code")
                            .asString())
                    .isEqualTo("auth.invalid-token");
        }
    }

    @Test
    void showsWhenAUserWasLastSeenAsTheUserHasSet() {
        TestUsers.choose(bob, "nobody");
        Device alicePhone = connect(alice);
        connect(bob).close();

        Until.satisfied(() -> assertThat(seen(bob, bob)).isTrue());
        assertThat(seen(alice, bob)).isFalse();

        choose("contacts");
        Until.satisfied(() -> assertThat(seen(alice, bob)).isTrue());
        assertThat(seen(carol, bob)).isFalse();
        connect(bob).close();
        assertThat(alicePhone.awaitOne("user_offline").has("lastSeenAt")).isTrue();

        choose("everyone");
        Until.satisfied(() -> assertThat(seen(carol, bob)).isTrue());

        choose("something of a later version");
        Until.satisfied(() -> assertThat(seen(alice, bob)).isFalse());
    }

    private void choose(String visibility) {
        TestUsers.choose(bob, visibility);
        publish(new UserChanged(bob, TENANT, bob, "Name of " + bob, null, null, null, visibility, false, null));
    }

    private boolean seen(String asker, String userId) {
        Answer answer = lastSeen(asker, userId);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("lastSeenAt").isString();
    }

    /** Should all nodes die at once nobody else could tell. */
    @Test
    void storesRegularlyThatConnectedUsersWereSeen() {
        try (OtherNode there = OtherNode.start("parley.presence.last-seen-interval=200ms")) {
            assertThat(lastSeen(alice, bob).body().path("lastSeenAt").isNull()).isTrue();

            devices.add(Device.of(there.port(), bob, TENANT, "websocket"));

            Until.satisfied(() -> assertThat(
                            lastSeen(alice, bob).body().path("lastSeenAt").isNull())
                    .isFalse());
            String once = lastSeen(alice, bob).body().path("lastSeenAt").asString();
            Until.satisfied(() -> assertThat(Instant.parse(
                            lastSeen(alice, bob).body().path("lastSeenAt").asString()))
                    .isBetween(Instant.parse(once).plusMillis(1), Instant.now()));
        }
    }

    private Answer lastSeen(String asker, String userId) {
        return new ApiClient(port, TestTokens.tokenFor(asker, TENANT)).get("/api/v1/users/" + userId + "/last-seen");
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }
}
