package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

class StarTest extends MessageApiTest {

    private static final int MAX_STARS = 4;

    @DynamicPropertySource
    static void limits(DynamicPropertyRegistry properties) {
        properties.add("parley.message.max-stars", () -> MAX_STARS);
    }

    @Test
    void marksAMessageForTheCallerAlone() {
        String message = send(alice, "remember");

        Answer starred = call(bob, "POST", message + "/star");

        assertThat(starred.status()).isEqualTo(204);
        assertThat(get(bob, message).path("isStarred").asBoolean()).isTrue();
        assertThat(history(bob).get(0).path("isStarred").asBoolean()).isTrue();
        assertThat(get(alice, message).path("isStarred").asBoolean(true)).isFalse();
        assertThat(starred(bob, "").path("data").get(0)).isEqualTo(get(bob, message));
        assertThat(starred(alice, "").path("data")).isEmpty();
    }

    @Test
    void takesTheMarkAway() {
        String message = send(alice, "remember");
        call(alice, "POST", message + "/star");
        call(alice, "POST", message + "/star");

        assertThat(starred(alice, "").path("data")).hasSize(1);
        assertThat(call(alice, "DELETE", message + "/star").status()).isEqualTo(204);
        assertThat(call(alice, "DELETE", message + "/star").status()).isEqualTo(204);
        assertThat(get(alice, message).path("isStarred").asBoolean(true)).isFalse();
        assertThat(starred(alice, "").path("data")).isEmpty();
    }

    @Test
    void pagesThroughTheMarkedLastMarkedFirst() {
        List<String> sent = List.of(send(alice, "1"), send(alice, "2"), send(alice, "3"));
        sent.forEach(message -> call(alice, "POST", message + "/star"));

        JsonNode second = starred(alice, "?page=2&limit=2");

        assertThat(ids(starred(alice, "?page=1&limit=2"))).containsExactly(sent.get(2), sent.get(1));
        assertThat(ids(second)).containsExactly(sent.get(0));
        assertThat(second.path("meta").path("total").asInt()).isEqualTo(3);
        assertThat(second.path("meta").path("hasMore").asBoolean(true)).isFalse();
        assertThat(fields(as(alice).get("/api/v1/messages/starred?page=0&limit=1000")))
                .containsExactly("page", "limit");
    }

    @Test
    void listsThoseOfOneConversation() {
        String here = send(alice, "here");
        call(alice, "POST", here + "/star");

        assertThat(ids(starred(alice, "?conversationId=" + conversation))).containsExactly(here);
        assertThat(starred(alice, "?conversationId=another").path("data")).isEmpty();
    }

    @Test
    void leavesOutWhatWasDeletedOrCanNoLongerBeSeen() {
        String first = send(alice, "first");
        String second = send(alice, "second");
        String third = send(alice, "third");
        List.of(first, second, third).forEach(message -> call(bob, "POST", message + "/star"));
        call(alice, "DELETE", second);

        assertThat(ids(starred(bob, ""))).containsExactly(third, first);
        assertThat(call(bob, "POST", second + "/star").code()).isEqualTo("message.deleted");
    }

    @Test
    void takesTheMarkAwayFromWhatCanNoLongerBeSeen() {
        String message = send(alice, "hide me");
        call(bob, "POST", message + "/star");
        call(bob, "DELETE", message + "/me");

        assertThat(call(bob, "DELETE", message + "/star").status()).isEqualTo(204);
        assertThat(call(bob, "DELETE", message + "/star").code()).isEqualTo(NOT_FOUND);
    }

    @Test
    void countsOnlyMarksThatTheUserCanSee() {
        List<String> sent = IntStream.range(0, MAX_STARS)
                .mapToObj(i -> send(alice, "m" + i))
                .toList();
        sent.forEach(message ->
                assertThat(call(bob, "POST", message + "/star").status()).isEqualTo(204));
        String another = send(alice, "another");
        String yetAnother = send(alice, "yet another");
        assertThat(call(bob, "POST", another + "/star").code()).isEqualTo("message.too-many-stars");

        call(bob, "DELETE", sent.get(0) + "/me");
        call(alice, "DELETE", sent.get(1));

        assertThat(call(bob, "POST", another + "/star").status()).isEqualTo(204);
        assertThat(call(bob, "POST", yetAnother + "/star").status()).isEqualTo(204);
        assertThat(call(bob, "POST", send(alice, "one too many") + "/star").code())
                .isEqualTo("message.too-many-stars");
        assertThat(ids(starred(bob, ""))).containsExactly(yetAnother, another, sent.get(3), sent.get(2));
    }

    @Test
    void refusesMarksOfWhatCannotBeSeen() {
        refusesOthers("POST", "/star", Map.of());
        refusesOthers("DELETE", "/star", Map.of());
    }

    private JsonNode starred(String user, String query) {
        Answer answer = as(user).get("/api/v1/messages/starred" + query);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("data")
                .valueStream()
                .map(message -> message.path("id").asString())
                .toList();
    }
}
