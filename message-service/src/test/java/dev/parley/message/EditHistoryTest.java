package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import tools.jackson.databind.JsonNode;

/** The texts that a message had before. */
class EditHistoryTest extends MessageApiTest {

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Test
    void keepsTheTextsOfBeforeTheNewestFirst() {
        String message = send(alice, "one");
        assertThat(edits(bob, message)).isEmpty();

        JsonNode second = edit(message, "two");
        JsonNode third = edit(message, "three");
        edit(message, "three");

        List<JsonNode> edits = edits(bob, message);
        assertThat(edits).extracting(edit -> edit.path("text").asString()).containsExactly("two", "one");
        assertThat(edits)
                .extracting(edit -> edit.path("editedAt"))
                .containsExactly(third.path("editedAt"), second.path("editedAt"));
        assertThat(edits(alice, message)).isEqualTo(edits);
    }

    @Test
    void tellsOfThemToNobodyElseAndInNoEvent() {
        send(bob, "for Carol");
        String message = send(alice, "first");
        edit(message, "secret");
        edit(message, "public");

        assertThat(call(stranger, "GET", message + "/edits").code()).isEqualTo(NOT_A_MEMBER);
        assertThat(call(eve, "GET", message + "/edits").code()).isEqualTo(NOT_FOUND);
        assertThat(call(carol, "GET", message + "/edits").code()).isEqualTo(NOT_FOUND);
        call(bob, "DELETE", message + "/me");
        assertThat(call(bob, "GET", message + "/edits").code()).isEqualTo(NOT_FOUND);
        assertThat(published("message.edited", 2).get(1).toString()).doesNotContain("secret");
        assertThat(history(alice).get(0).toString()).doesNotContain("secret");
    }

    @Test
    void keepsTheNewestFifty() {
        String message = send(alice, "t0");

        IntStream.rangeClosed(1, 55).forEach(i -> edit(message, "t" + i));

        assertThat(edits(bob, message))
                .extracting(edit -> edit.path("text").asString())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50)
                        .mapToObj(i -> "t" + (55 - i))
                        .toList());
    }

    @Test
    void keepsNoMoreThanSoManyCharacters() {
        String message = send(alice, "short");

        IntStream.rangeClosed(1, 9).forEach(i -> edit(message, i + "x".repeat(9_000)));

        assertThat(edits(bob, message))
                .extracting(edit -> edit.path("text").asString().charAt(0))
                .containsExactly('8', '7', '6', '5', '4', '3', '2');
    }

    @Test
    void keepsThatThereWasNoText() {
        Map<String, Object> file = fileElsewhere("document", "f.txt", "text/plain");
        String message = as(alice)
                .post("/api/v1/conversations/" + conversation + "/messages", Map.of("attachments", List.of(file)))
                .body()
                .path("id")
                .asString();

        edit(message, "see this");

        assertThat(edits(bob, message))
                .extracting(edit -> edit.path("text").asString())
                .containsExactly("");
    }

    @Test
    void forgetsThemWhenTheMessageIsDeleted() {
        String message = send(alice, "secret one");
        edit(message, "secret two");
        call(bob, "POST", message + "/reactions", Map.of("emoji", "👍"));

        call(alice, "DELETE", message);

        assertThat(edits(bob, message)).isEmpty();
        Document stored = mongo.findById(message, Document.class, "messages").block();
        assertThat(stored).doesNotContainKey("past");
    }

    @Test
    void areNotShownWhereTheTenantDoesNotWantIt() {
        StubConversations.admit(conversation, eve);
        String message = send(eve, "one");
        call(eve, "PATCH", message, Map.of("text", "two"));

        Answer refused = call(eve, "GET", message + "/edits");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("message.edits-not-shown");
    }

    private JsonNode edit(String message, String text) {
        Answer edited = call(alice, "PATCH", message, Map.of("text", text));
        assertThat(edited.status()).as("%s", edited).isEqualTo(200);
        return edited.body();
    }

    private List<JsonNode> edits(String user, String message) {
        Answer answer = call(user, "GET", message + "/edits");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.body().valueStream().toList();
    }
}
