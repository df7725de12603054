package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where a tenant has people asked first, who is asked gets nothing live but the question until accepting. */
class AskedFirstTest {

    private static final String CONVERSATIONS = "/api/v1/conversations/";

    private final ChatUser alice = user("Alice");
    private final ChatUser bob = user("Bob");
    private final ChatUser carol = user("Carol");
    private final ChatSocket alicePhone = alice.connect();
    private final ChatSocket bobPhone = bob.connect();

    private static ChatUser user(String name) {
        return ChatUser.register(RunningPlatform.baseUrl(), name, RunningPlatform.ASKING_TENANT);
    }

    @AfterEach
    void disconnect() {
        alicePhone.close();
        bobPhone.close();
    }

    @Test
    void whoIsAskedGetsNothingLiveAndEverythingFromTheAcceptanceOn() {
        String group = alice.groupWith(bob, carol);
        alice.send(group, "not for bob");
        Until.satisfied(() -> assertThat(alicePhone.told("new_message")).hasSize(1));
        String direct = carol.directWith(bob);
        carol.send(direct, "marker");

        Until.satisfied(() -> assertThat(bobPhone.told("new_message")).hasSize(1));
        JsonNode asked = bobPhone.await("invitation_received", 1).get(0);
        assertThat(asked.path("conversationId").asString()).isEqualTo(group);
        assertThat(asked.path("invitedBy").asString()).isEqualTo(alice.id());
        assertThat(bobPhone.told().stream()
                        .filter(told -> !told.event().equals("invitation_received"))
                        .toList()
                        .toString())
                .doesNotContain(group, "not for bob");
        assertThat(alicePhone.await("invitation_received", 2))
                .extracting(told -> told.path("userId").asString())
                .containsExactlyInAnyOrder(bob.id(), carol.id());
        assertThat(bobPhone.ask("join_room", group).path("success").asBoolean(true))
                .isFalse();
        assertThat(bob.listed(group).isMissingNode()).isTrue();
        JsonNode invitation = bob.get(CONVERSATIONS + "invitations").path(0);
        assertThat(invitation.path("name").asString()).isEqualTo("Group");
        assertThat(invitation.path("invitedBy").path("id").asString()).isEqualTo(alice.id());
        assertThat(alice.get(CONVERSATIONS + group + "/invitations").size()).isEqualTo(2);

        bob.call("POST", CONVERSATIONS + group + "/invitation/accept", Map.of());
        alice.send(group, "for bob too");

        assertThat(bobPhone.await("conversation_created", 2))
                .extracting(created -> created.path("id").asString())
                .contains(group);
        JsonNode joined = alicePhone.await("participant_joined", 1).get(0);
        assertThat(joined.path("userId").asString()).isEqualTo(bob.id());
        assertThat(joined.path("addedBy").asString()).isEqualTo(alice.id());
        Until.satisfied(
                () -> assertThat(bobPhone.told("new_message").toString()).contains("for bob too"));
        assertThat(bob.texts(group)).containsExactly("for bob too");
        assertThat(bobPhone.told().toString()).doesNotContain("not for bob");

        carol.call("POST", CONVERSATIONS + group + "/invitation/decline", Map.of());
        assertThat(alicePhone.await("invitation_answered", 2))
                .extracting(told -> told.path("userId").asString() + " "
                        + told.path("isAccepted").asBoolean())
                .containsExactly(bob.id() + " true", carol.id() + " false");
        assertThat(carol.listed(group).isMissingNode()).isTrue();
        assertThat(alice.get(CONVERSATIONS + group).path("participantCount").asInt())
                .isEqualTo(2);
    }
}
