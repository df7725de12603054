package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Changes of the membership among the messages, and what conversation-service asks of a timeline. */
class SystemMessageTest extends MessageApiTest {

    @Test
    void putsANoticeAtTheEndOfTheConversation() {
        send(alice, "before");

        JsonNode notice = notice(alice, "1", "MEMBERS_ADDED", carol);

        assertThat(notice.path("seq").asLong()).isEqualTo(2);
        assertThat(notice.path("senderKind").asString()).isEqualTo("SYSTEM");
        assertThat(notice.path("sender").path("id").asString()).isEqualTo(alice);
        JsonNode shown = history(bob).get(0);
        assertThat(shown.path("id")).isEqualTo(notice.path("id"));
        assertThat(shown.path("content").path("type").asString()).isEqualTo("system");
        assertThat(shown.path("content").path("text").asString()).isEqualTo("MEMBERS_ADDED " + carol);
        assertThat(history(alice).get(0).has("tempId")).isFalse();
    }

    @Test
    void givesTheSameNoticeForTheSameKey() {
        JsonNode first = notice(alice, "1", "MEMBER_LEFT", carol);

        assertThat(notice(alice, "1", "MEMBER_LEFT", carol)).isEqualTo(first);
        assertThat(notice(bob, "1", "MEMBER_LEFT", carol).path("id")).isEqualTo(first.path("id"));
        assertThat(notice(alice, "2", "MEMBER_LEFT", carol).path("seq").asLong())
                .isEqualTo(2);
        assertThat(history(alice)).hasSize(2);
    }

    @Test
    void countsNoNoticeAsAMessage() {
        send(alice, "one");
        JsonNode early = notice(bob, "1", "ROLE_CHANGED", carol);
        send(alice, "two");
        send(bob, "three");
        JsonNode late = notice(alice, "2", "ROLE_CHANGED", carol);

        assertThat(ordinals(early)).containsExactly(2L, 1L, 0L);
        assertThat(ordinals(late)).containsExactly(5L, 3L, 2L);
        assertThat(published("message.created", 5).stream()
                        .map(event -> ordinals(event.path("message")))
                        .toList())
                .containsExactly(
                        List.of(1L, 1L, 1L),
                        List.of(2L, 1L, 0L),
                        List.of(3L, 2L, 2L),
                        List.of(4L, 3L, 1L),
                        List.of(5L, 3L, 2L));
    }

    @Test
    void tellsOfANoticeAsOfAMessage() {
        notice(alice, "1", "MEMBER_REMOVED", carol);

        JsonNode event = published("message.created", 1).get(0);

        JsonNode block = event.path("message").path("blocks").get(0);
        assertThat(block.path("type").asString()).isEqualTo("notice");
        assertThat(block.path("kind").asString()).isEqualTo("MEMBER_REMOVED");
        assertThat(block.path("members").get(0).path("user").path("id").asString())
                .isEqualTo(carol);
        assertThat(event.has("clientId")).isFalse();
    }

    @Test
    void letsNobodyChangeOrMarkANotice() {
        String notice = notice(alice, "1", "MEMBERS_ADDED", carol).path("id").asString();

        List<Answer> refused = List.of(
                call(alice, "PATCH", notice, Map.of("text", "x")),
                call(alice, "DELETE", notice),
                call(bob, "POST", notice + "/reactions", Map.of("emoji", "👍")),
                call(bob, "POST", notice + "/pin"),
                call(bob, "POST", notice + "/star"));

        assertThat(refused).extracting(Answer::code).containsOnly("message.notice");
        assertThat(refused).extracting(Answer::status).containsOnly(403);
    }

    @Test
    void namesWhatIsNewForAReader() {
        send(alice, "1");
        String read = send(bob, "2");
        send(bob, "3");
        notice(bob, "n", "MEMBERS_ADDED", carol);
        String deleted = send(bob, "5");
        String last = send(bob, "6");
        send(alice, "7");
        call(bob, "DELETE", deleted);

        JsonNode all = stretch(alice, null, 2);
        JsonNode some = stretch(alice, read, 0);

        assertThat(all.path("place").path("seq").asLong()).isEqualTo(7);
        assertThat(all.path("place").path("ordinal").asLong()).isEqualTo(6);
        assertThat(all.path("place").path("senderOrdinal").asLong()).isEqualTo(2);
        assertThat(all.path("messages").valueStream().map(each -> each.path("seq")
                        .asLong()))
                .containsExactly(3L, 6L);
        assertThat(all.path("messages").get(1).path("messageId").asString()).isEqualTo(last);
        assertThat(all.path("messages").get(1).path("senderId").asString()).isEqualTo(bob);
        assertThat(some.path("place").path("messageId").asString()).isEqualTo(read);
        assertThat(some.path("place").path("senderOrdinal").asLong()).isEqualTo(1);
        assertThat(some.path("messages")).hasSize(1);
        assertThat(stretch(stranger, read, 0)
                        .path("place")
                        .path("senderOrdinal")
                        .asLong())
                .isZero();
    }

    @Test
    void namesTheNewestOfManyNewMessages() {
        for (int i = 0; i < 103; i++) {
            send(bob, "m" + i);
        }

        JsonNode messages = stretch(alice, null, 0).path("messages");

        assertThat(messages).hasSize(100);
        assertThat(messages.get(0).path("seq").asLong()).isEqualTo(4);
        assertThat(messages.get(99).path("seq").asLong()).isEqualTo(103);
    }

    @Test
    void knowsNoPlaceInAnEmptyConversationAndNoneOfAnotherMessage() {
        JsonNode empty = stretch(alice, null, 0);

        assertThat(empty.path("place").path("seq").asLong(-1)).isZero();
        assertThat(empty.path("place").path("messageId").asString("")).isEmpty();
        assertThat(empty.path("messages")).isEmpty();
        Answer refused = askInternally(
                "/stretch", Map.of("tenantId", "acme", "userId", alice, "afterSeq", 0, "messageId", "nothing"));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo(NOT_FOUND);
    }

    @Test
    void opensNoInternalDoorToUsers() {
        Map<String, ?> request = noticeRequest(alice, "1", "MEMBERS_ADDED", carol);
        String path = "/internal/platform/conversations/" + conversation;

        assertThat(as(alice).post(path + "/notices", request).status()).isEqualTo(401);
        assertThat(as(alice).post(path + "/stretch", request).status()).isEqualTo(401);
        assertThat(history(alice)).isEmpty();
        assertThat(askInternally("/notices", Map.of("key", Ids.next())).status())
                .isEqualTo(400);
    }

    private JsonNode stretch(String reader, String messageId, long afterSeq) {
        Map<String, Object> asked = new HashMap<>(Map.of("tenantId", "acme", "userId", reader, "afterSeq", afterSeq));
        asked.put("messageId", messageId);
        Answer answer = askInternally("/stretch", asked);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static List<Long> ordinals(JsonNode message) {
        return List.of(
                message.path("seq").asLong(),
                message.path("ordinal").asLong(),
                message.path("senderOrdinal").asLong());
    }
}
