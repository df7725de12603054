package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MentionTest extends MessageApiTest {

    @Test
    void namesTheMembersWhomAMessageMentions() {
        JsonNode sent = get(alice, send(alice, "hi @" + bob + ", and @" + alice.toUpperCase(Locale.ROOT) + "."));

        assertThat(mentions(sent)).containsExactly(bob, alice);
        assertThat(mentions(history(bob).get(0))).containsExactly(bob, alice);
        assertThat(published("message.created", 1).get(0).path("message").path("mentions"))
                .isEqualTo(sent.path("mentions"));
    }

    @Test
    void answersASendWithItsMentions() {
        JsonNode sent = as(alice)
                .post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", "@" + bob))
                .body();

        assertThat(mentions(sent)).containsExactly(bob);
    }

    @Test
    void mentionsNobodyWhoIsNoMember() {
        for (String text : List.of("@" + carol, "@" + eve, "@" + stranger, "@nobody", "x@" + bob, "@ @@")) {
            assertThat(mentions(get(alice, send(alice, text)))).as(text).isEmpty();
        }
    }

    @Test
    void followsAnEdit() {
        String message = send(alice, "@" + bob + " @" + bob);
        assertThat(mentions(get(alice, message))).containsExactly(bob);

        call(alice, "PATCH", message, Map.of("text", "now (@" + alice + ")"));
        assertThat(mentions(get(bob, message))).containsExactly(alice);
        assertThat(published("message.edited", 1).get(0).path("message").path("mentions"))
                .isEqualTo(get(bob, message).path("mentions"));

        call(alice, "PATCH", message, Map.of("text", "nobody"));
        assertThat(mentions(get(bob, message))).isEmpty();
    }

    @Test
    void leavesNoMentionsInATombstone() {
        String message = send(alice, "@" + bob);

        call(alice, "DELETE", message);

        assertThat(mentions(get(alice, message))).isEmpty();
    }

    @Test
    void sendsWithoutMentionsWhereTheyCannotBeLookedUp() {
        String broken = StubConversations.BROKEN + Ids.next();
        StubConversations.admit(broken, alice, bob);

        var sent = as(alice).post("/api/v1/conversations/" + broken + "/messages", Map.of("text", "@" + bob));

        assertThat(sent.status()).isEqualTo(201);
        assertThat(mentions(sent.body())).isEmpty();
    }

    private static List<String> mentions(JsonNode message) {
        assertThat(message.path("mentions").isArray()).isTrue();
        return message.path("mentions").valueStream().map(JsonNode::asString).toList();
    }
}
