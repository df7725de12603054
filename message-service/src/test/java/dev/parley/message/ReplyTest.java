package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.StubConversations.Membership;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a reply shows of the message that it answers. */
class ReplyTest extends MessageApiTest {

    private static final Map<String, ?> ATTACHMENT = Map.of(
            "id", "a-1",
            "type", "image",
            "url", "https://files.example/cat.png",
            "filename", "cat.png",
            "mimeType", "image/png",
            "size", 3);

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

    @Test
    void quotesAnAnsweredMessageAsItIsNow() {
        String question = send(alice, "frist draft");
        String reply = reply(bob, question);

        as(alice).call("PATCH", "/api/v1/messages/" + question, Map.of("text", "first draft"));

        assertThat(preview(bob, reply)).isEqualTo("first draft");
        assertThat(history(alice).get(0).path("replyTo").path("contentPreview").asString())
                .isEqualTo("first draft");
        as(alice).call("PATCH", "/api/v1/messages/" + question, Map.of("text", "x".repeat(500)));
        assertThat(preview(bob, reply)).isEqualTo("x".repeat(120));
        assertThat(state(bob, reply)).isEqualTo("text");
        assertThat(get(bob, reply).path("replyTo").path("senderId").asString()).isEqualTo(alice);
    }

    @Test
    void saysWhyAQuoteHasNoWords() {
        String words = send(alice, "words");
        String file = as(alice)
                .post("/api/v1/conversations/" + conversation + "/messages", Map.of("attachments", List.of(ATTACHMENT)))
                .body()
                .path("id")
                .asString();
        String sealed = as(alice)
                .post("/api/v1/conversations/" + conversation + "/messages", Map.of("encryptedContent", Map.of("k", 1)))
                .body()
                .path("id")
                .asString();
        String toWords = reply(bob, words);
        String toFile = reply(bob, file);
        String toSealed = reply(bob, sealed);
        StubConversations.admit(conversation, carol, Membership.former().back(4));

        assertThat(List.of(state(bob, toWords), state(bob, toFile), state(bob, toSealed)))
                .containsExactly("text", "attachment", "empty");
        assertThat(preview(bob, toFile)).isEqualTo("cat.png");
        assertThat(preview(bob, toSealed)).isEmpty();
        assertThat(state(carol, toWords)).isEqualTo("hidden");
        assertThat(preview(carol, toFile)).isEmpty();
        call(bob, "DELETE", file + "/me");
        call(alice, "DELETE", words);

        assertThat(List.of(state(bob, toWords), state(bob, toFile))).containsExactly("deleted", "hidden");
        assertThat(state(carol, toWords)).isEqualTo("hidden");
        assertThat(history(alice).stream()
                        .limit(3)
                        .map(message -> message.path("replyTo").path("state").asString()))
                .containsExactly("empty", "attachment", "deleted");
    }

    private String state(String user, String reply) {
        return get(user, reply).path("replyTo").path("state").asString();
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
