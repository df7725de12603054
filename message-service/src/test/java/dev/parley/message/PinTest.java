package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.StubConversations.Membership;
import dev.parley.platform.test.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PinTest extends MessageApiTest {

    @Test
    void pinsAMessageForEverybody() {
        String message = send(alice, "read this");

        Answer pinned = call(bob, "POST", message + "/pin");

        assertThat(pinned.status()).isEqualTo(200);
        JsonNode body = pinned.body();
        assertThat(body.path("isPinned").asBoolean()).isTrue();
        assertThat(body.path("pinnedBy").asString()).isEqualTo(bob);
        assertThat(body.path("pinnedAt")).isEqualTo(body.path("updatedAt"));
        assertThat(get(bob, message)).isEqualTo(body);
        assertThat(get(alice, message).path("isPinned").asBoolean()).isTrue();
        assertThat(pinned(bob)).containsExactly(body);
    }

    @Test
    void listsTheLastPinnedFirstAndNoneThatIsUnpinnedOrDeleted() {
        String first = send(alice, "1");
        String second = send(alice, "2");
        String third = send(alice, "3");
        String fourth = send(alice, "4");
        List.of(third, first, second, fourth).forEach(message -> call(alice, "POST", message + "/pin"));
        call(alice, "DELETE", fourth);
        JsonNode unpinned = call(bob, "DELETE", first + "/pin").body();

        assertThat(unpinned.path("isPinned").asBoolean(true)).isFalse();
        assertThat(unpinned.has("pinnedBy")).isFalse();
        assertThat(unpinned.has("pinnedAt")).isFalse();
        assertThat(pinned(alice))
                .extracting(message -> message.path("id").asString())
                .containsExactly(second, third);
    }

    @Test
    void changesNothingTheSecondTime() {
        String message = send(alice, "once");

        Answer first = call(alice, "POST", message + "/pin");
        assertThat(call(bob, "POST", message + "/pin").body().path("pinnedBy").asString())
                .isEqualTo(alice);
        assertThat(call(alice, "POST", message + "/pin").body()).isEqualTo(first.body());
        Answer unpinned = call(alice, "DELETE", message + "/pin");
        assertThat(call(alice, "DELETE", message + "/pin").body()).isEqualTo(unpinned.body());
        call(alice, "POST", message + "/pin");

        assertThat(published("message.pinned", 2)).hasSize(2);
        assertThat(published("message.unpinned", 1)).hasSize(1);
    }

    @Test
    void boundsThePinsOfAConversation() {
        for (int i = 0; i < 100; i++) {
            assertThat(call(alice, "POST", send(alice, "m" + i) + "/pin").status())
                    .isEqualTo(200);
        }
        String more = send(alice, "one more");

        Answer refused = call(alice, "POST", more + "/pin");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("message.too-many-pins");
        assertThat(get(alice, more).path("isPinned").asBoolean(true)).isFalse();
        assertThat(pinned(alice)).hasSize(100);
    }

    @Test
    void showsPinsOnlyToThoseWhoMaySeeThem() {
        String first = send(alice, "for Carol too");
        call(alice, "POST", first + "/pin");
        notice(carol, "left", "MEMBER_LEFT", carol);
        StubConversations.admit(conversation, carol, Membership.former(1, 2));
        String second = send(alice, "after Carol left");
        call(alice, "POST", second + "/pin");

        assertThat(pinned(carol))
                .extracting(message -> message.path("id").asString())
                .containsExactly(first);
        assertThat(as(stranger).get(list()).code()).isEqualTo(NOT_A_MEMBER);
        assertThat(call(carol, "DELETE", first + "/pin").code()).isEqualTo(NOT_A_MEMBER);
    }

    @Test
    void refusesPinsOfWhatCannotBeSeenOrIsDeleted() {
        refusesOthers("POST", "/pin", Map.of());
        refusesOthers("DELETE", "/pin", Map.of());
        String message = send(alice, "gone");
        call(alice, "DELETE", message);

        assertThat(call(alice, "POST", message + "/pin").code()).isEqualTo("message.deleted");
        assertThat(pinned(alice)).isEmpty();
    }

    private List<JsonNode> pinned(String user) {
        return as(user).get(list()).body().valueStream().toList();
    }

    private String list() {
        return "/api/v1/conversations/" + conversation + "/messages/pinned";
    }
}
