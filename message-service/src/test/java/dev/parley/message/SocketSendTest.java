package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What comes over sockets is taken, and refused, as what comes over REST. */
class SocketSendTest extends MessageApiTest {

    @Test
    void sendsAsOverRest() {
        Map<String, Object> sent = Map.of("text", "Hello", "tempId", Ids.next(), "mentions", List.of());
        JsonNode direct = expect(201, send(alice, sent));
        JsonNode rest = expect(201, as(alice).post(rest(conversation), Map.of("text", "Hello", "tempId", Ids.next())));

        assertThat(direct.propertyNames()).containsExactlyElementsOf(rest.propertyNames());
        assertThat(direct.path("seq").asLong()).isEqualTo(rest.path("seq").asLong() - 1);
        assertThat(as(bob).get(rest(conversation)).body().path("data").get(1).path("id"))
                .isEqualTo(direct.path("id"));
    }

    @Test
    void sendsOnceWhateverWayItComesAgain() {
        Map<String, Object> message = Map.of("text", "Once", "tempId", Ids.next());
        JsonNode first = expect(201, send(alice, message));

        assertThat(expect(201, send(alice, message)).path("id")).isEqualTo(first.path("id"));
        assertThat(expect(201, as(alice).post(rest(conversation), message)).path("id"))
                .isEqualTo(first.path("id"));
        assertThat(as(bob).get(rest(conversation)).body().path("data")).hasSize(1);
    }

    @Test
    void refusesAsOverRest() {
        Map<String, Object> fine = Map.of("text", "Hello");
        for (String user : List.of(stranger, carol, eve)) {
            assertThat(send(user, fine).status()).isEqualTo(403);
            assertSame(user, conversation, fine);
        }
        assertSame(alice, "no-such-conversation", fine);
        assertSame(alice, conversation, Map.of());
        assertSame(alice, conversation, Map.of("text", 1, "replyTo", List.of(), "tempId", "x".repeat(200)));
        assertSame(alice, conversation, Map.of("text", "x".repeat(100_000)));
        assertSame(alice, conversation, Map.of("text", "x".repeat(1 << 20)));
        assertThat(as(bob).get(rest(conversation)).body().path("data")).isEmpty();
    }

    /** A connection that is closed while the caller still writes takes the answer along, so often that a few tries show it. */
    @Test
    void answersWhoStillWrites() {
        for (int round = 0; round < 20; round++) {
            assertThat(send(alice, Map.of("text", "x".repeat(1 << 20))).code()).isEqualTo("request.body-too-large");
            expect(201, send(alice, Map.of("text", "Hello")));
        }
        assertThat(as(bob).get(rest(conversation)).body().path("data")).hasSize(20);
    }

    /** A client cuts a text in the middle of an emoji. What is left of that has no form in UTF-8. */
    @Test
    void refusesHalfACharacterAndStoresNothing() {
        for (String path : List.of(direct(conversation), rest(conversation))) {
            Answer answer = as(alice).postText(path, "{\"text\": \"cut \\ud83d\"}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("errors").get(0).path("field").asString())
                    .isEqualTo("text");
        }
        assertThat(as(bob).get(rest(conversation)).body().path("data")).isEmpty();
    }

    private void assertSame(String user, String conversationId, Map<String, ?> message) {
        Answer direct = as(user).post(direct(conversationId), message);
        Answer rest = as(user).post(rest(conversationId), message);
        assertThat(direct.status()).isBetween(400, 499).isEqualTo(rest.status());
        assertThat(direct.body().path("instance").asString()).isEqualTo(direct(conversationId));
        for (String field : List.of("code", "title", "detail", "errors", "status")) {
            assertThat(direct.body().path(field))
                    .as(field)
                    .isEqualTo(rest.body().path(field));
        }
    }

    private Answer send(String user, Map<String, ?> message) {
        return as(user).post(direct(conversation), message);
    }

    private static JsonNode expect(int status, Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        return answer.body();
    }

    private static String direct(String conversationId) {
        return "/internal/conversations/" + conversationId + "/messages";
    }

    private static String rest(String conversationId) {
        return "/api/v1/conversations/" + conversationId + "/messages";
    }
}
