package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.StubConversations.Membership;
import dev.parley.platform.test.ApiClient.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeletionTest extends MessageApiTest {

    @Test
    void leavesATombstoneInThePlaceOfTheMessage() {
        send(alice, "before");
        String message = send(alice, "secret");
        call(alice, "PATCH", message, Map.of("text", "secret too"));
        send(bob, "after");

        Answer deleted = call(alice, "DELETE", message);

        assertThat(deleted.status()).isEqualTo(200);
        JsonNode tombstone = history(bob).get(1);
        assertThat(get(bob, message)).isEqualTo(tombstone);
        assertThat(tombstone.path("id").asString()).isEqualTo(message);
        assertThat(tombstone.path("seq").asLong()).isEqualTo(2);
        assertThat(tombstone.path("status").asString()).isEqualTo("deleted");
        assertThat(tombstone.path("content").path("text").asString("")).isEmpty();
        assertThat(tombstone.path("content").path("attachments")).isEmpty();
        assertThat(tombstone.path("reactions")).isEmpty();
        assertThat(tombstone.path("isEdited").asBoolean(true)).isFalse();
        assertThat(tombstone.path("senderId").asString()).isEqualTo(alice);
        assertThat(history(bob).get(0).path("status").asString()).isEqualTo("sent");
    }

    @Test
    void keepsNothingOfWhatTheMessageAnswered() {
        String question = send(alice, "secret?");
        Answer reply = as(alice)
                .post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of("text", "yes", "replyTo", question));
        String message = reply.body().path("id").asString();
        assertThat(reply.body().has("replyTo")).isTrue();

        call(alice, "DELETE", message);

        assertThat(get(bob, message).path("status").asString()).isEqualTo("deleted");
        assertThat(get(bob, message).has("replyTo")).isFalse();
        assertThat(get(bob, message).toString()).doesNotContain("secret");
        assertThat(published("message.deleted", 1).get(0).path("message").toString())
                .doesNotContain("secret", question);
    }

    @Test
    void deletesOnceHoweverOftenItIsAskedTo() {
        String message = send(alice, "gone");

        Answer first = call(alice, "DELETE", message);
        Answer second = call(alice, "DELETE", message);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        String later = send(alice, "later");
        call(alice, "DELETE", later);
        assertThat(published("message.deleted", 2))
                .extracting(event -> event.path("message").path("id").asString())
                .containsExactly(message, later);
        assertThat(published("message.deleted", 2).get(0).path("message").path("blocks"))
                .isEmpty();
    }

    @Test
    void letsTheSenderDeleteForAWhileAndAnAdminAtAnyTime() {
        String inTime = send(alice, "in time");
        String late = send(alice, "late");
        age(inTime, Duration.ofSeconds(1790));
        age(late, Duration.ofSeconds(1801));
        String admin = "admin-" + late;
        dev.parley.platform.test.TestUsers.register("acme", admin);
        StubConversations.admit(conversation, admin, Membership.FULL.asAdmin());

        assertThat(call(alice, "DELETE", inTime).status()).isEqualTo(200);
        Answer refused = call(alice, "DELETE", late);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("message.delete-window-closed");
        assertThat(get(alice, late).path("content").path("text").asString()).isEqualTo("late");
        assertThat(call(admin, "DELETE", late).status()).isEqualTo(200);
        assertThat(get(alice, late).path("status").asString()).isEqualTo("deleted");
    }

    @Test
    void takesHowLongAMessageCanBeDeletedFromItsConversation() {
        StubConversations.admit(conversation, alice, Membership.FULL.within(900, 60));
        String message = send(alice, "late");
        age(message, Duration.ofSeconds(61));

        assertThat(call(alice, "DELETE", message).code()).isEqualTo("message.delete-window-closed");
        StubConversations.admit(conversation, alice, Membership.FULL.within(900, 3600));
        assertThat(call(alice, "DELETE", message).status()).isEqualTo(200);
    }

    @Test
    void letsNobodyElseDelete() {
        String message = send(alice, "mine");

        Answer refused = call(bob, "DELETE", message);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("message.not-the-sender");
        assertThat(get(alice, message).path("status").asString()).isEqualTo("sent");
        refusesOthers("DELETE", "", Map.of());
    }

    @Test
    void keepsATombstoneAsItIs() {
        String message = send(alice, "gone");
        JsonNode tombstone = call(alice, "DELETE", message).body();

        Answer refused = call(alice, "PATCH", message, Map.of("text", "back"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("message.deleted");
        assertThat(get(alice, message)).isEqualTo(tombstone);
    }
}
