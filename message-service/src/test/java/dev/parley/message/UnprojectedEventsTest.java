package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.StubAnswers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What conversation-service may not have heard of yet. */
class UnprojectedEventsTest extends MessageApiTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void namesWhatIsStoredAlsoShortlyAfterItIsPublished() {
        String first = send(alice, "1");
        String second = send(alice, "2");
        published("message.created", 2);

        assertThat(recent(bob, 0)).containsExactly("message.created " + first, "message.created " + second);
        assertThat(recent(bob, 1)).containsExactly("message.created " + second);
        assertThat(recent(bob, 2)).isEmpty();
    }

    @Test
    void namesChangesOfMessagesThatAreKnownToo() {
        String first = send(alice, "1");
        String second = send(alice, "2");
        call(alice, "PATCH", first, Map.of("text", "edited"));
        call(bob, "POST", second + "/reactions", Map.of("emoji", "👍"));
        call(alice, "DELETE", second);

        assertThat(recent(bob, 2))
                .containsExactly("message.edited " + first, "reaction.changed " + second, "message.deleted " + second);
        assertThat(recent(bob, 1))
                .containsExactly(
                        "message.edited " + first,
                        "message.created " + second,
                        "reaction.changed " + second,
                        "message.deleted " + second);
    }

    @Test
    void namesWhatTheUserHasHiddenAndNobodyElse() {
        String message = send(alice, "1");
        call(bob, "DELETE", message + "/me");

        assertThat(recent(bob, 1)).containsExactly("message.hidden " + message);
        assertThat(recent(alice, 1)).isEmpty();
    }

    @Test
    void namesNothingOfOtherConversationsAndAnswersServicesAlone() {
        send(alice, "1");

        assertThat(recent(bob, 0, Ids.next())).isEmpty();
        assertThat(as(alice)
                        .post("/internal/platform/events/recent", body(alice, 0, conversation))
                        .status())
                .isEqualTo(401);
    }

    private List<String> recent(String userId, long afterSeq) {
        return recent(userId, afterSeq, conversation);
    }

    /** Each as its type and the message that it is about. */
    private List<String> recent(String userId, long afterSeq, String conversationId) {
        Answer answer = as(userId)
                .with("Authorization", StubAnswers.CREDENTIALS)
                .post("/internal/platform/events/recent", body(userId, afterSeq, conversationId));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body()
                .path("events")
                .valueStream()
                .map(event -> event.path("type").asString() + " "
                        + about(JSON.readTree(event.path("data").asString())))
                .toList();
    }

    private static String about(JsonNode event) {
        return event.path("messageId").asString(event.path("message").path("id").asString(""));
    }

    private static Map<String, ?> body(String userId, long afterSeq, String conversationId) {
        return Map.of(
                "userId",
                userId,
                "conversations",
                List.of(Map.of("conversationId", conversationId, "afterSeq", afterSeq)));
    }
}
