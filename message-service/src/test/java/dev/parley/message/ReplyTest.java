package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.StubConversations.Membership;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a reply shows of the message that it answers. */
class ReplyTest extends MessageApiTest {

    @Test
    void showsNothingOfAnAnsweredMessageThatWasDeleted() {
        String question = send(alice, "secret?");
        String reply = reply(bob, question);
        assertThat(preview(bob, reply)).isEqualTo("secret?");

        call(alice, "DELETE", question);

        assertThat(preview(bob, reply)).isEmpty();
        JsonNode shown = history(bob).get(0).path("replyTo");
        assertThat(shown.path("messageId").asString()).isEqualTo(question);
        assertThat(shown.path("senderName").asString()).isEqualTo("Name of " + alice);
        assertThat(shown.path("contentPreview").asString("none")).isEmpty();
    }

    @Test
    void showsNothingOfAnAnsweredMessageThatTheReaderCannotSee() {
        String question = send(alice, "before Carol came");
        String reply = reply(bob, question);
        StubConversations.admit(conversation, carol, Membership.former().back(2));

        assertThat(preview(carol, reply)).isEmpty();
        assertThat(preview(alice, reply)).isEqualTo("before Carol came");
        assertThat(history(alice).get(0).path("replyTo").path("contentPreview").asString())
                .isEqualTo("before Carol came");
    }

    @Test
    void showsNothingOfAnAnsweredMessageThatTheReaderHid() {
        String question = send(alice, "hide me");
        String reply = reply(bob, question);

        call(bob, "DELETE", question + "/me");

        assertThat(preview(bob, reply)).isEmpty();
        assertThat(preview(alice, reply)).isEqualTo("hide me");
    }

    private String reply(String user, String question) {
        return as(user).post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of("text", "answer", "replyTo", question))
                .body()
                .path("id")
                .asString();
    }

    private String preview(String user, String reply) {
        return get(user, reply).path("replyTo").path("contentPreview").asString("none");
    }
}
