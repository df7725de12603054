package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.StubConversations.Membership;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import tools.jackson.databind.JsonNode;

/** Who left sees messages as they were then, by every way. */
class FormerMemberTest extends MessageApiTest {

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Test
    void seesTheTextOfThenByEveryWay() {
        String message = send(alice, "draft needle");
        edit(message, "then needle @" + bob);
        String reply = as(alice)
                .post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of("text", "reply", "replyTo", message))
                .body()
                .path("id")
                .asString();
        call(bob, "POST", message + "/star");
        call(alice, "POST", message + "/pin");
        JsonNode then = get(bob, message);

        leaves(bob);
        edit(message, "later needle");
        edit(message, "now needle");

        assertThat(get(alice, message).path("content").path("text").asString()).isEqualTo("now needle");
        for (JsonNode shown : List.of(
                get(bob, message),
                history(bob).get(2),
                first(bob, "?limit=10&around=" + reply, 2),
                as(bob).get("/api/v1/messages/starred").body().path("data").path(0),
                first(bob, "/pinned", 0))) {
            assertThat(shown).isEqualTo(then);
        }
        assertThat(then.path("mentions").path(0).asString()).isEqualTo(bob);
        assertThat(get(bob, reply).path("replyTo").path("contentPreview").asString())
                .startsWith("then");
        assertThat(call(bob, "GET", message + "/edits").body().valueStream().map(edit -> edit.path("text")
                        .asString()))
                .containsExactly("draft needle");
    }

    @Test
    void findsNothingByWordsOfLater() {
        String edited = send(alice, "then needle");
        String same = send(alice, "same needle");
        leaves(bob);
        edit(edited, "now needle");

        for (String conversations : List.of("", "&conversationId=" + conversation)) {
            assertThat(found(bob, "now" + conversations)).isEmpty();
            assertThat(found(bob, "needle" + conversations)).containsExactly(same);
            assertThat(found(alice, "needle" + conversations)).containsExactly(same, edited);
        }
    }

    @Test
    void seesTheReactionsOfThen() {
        String message = send(alice, "news");
        react("POST", alice, message, "🍎");
        react("POST", bob, message, "🍌");
        react("POST", bob, message, "🍎");
        JsonNode then = get(bob, message);

        leaves(bob);
        react("DELETE", alice, message, "🍎");
        react("POST", alice, message, "🍒");
        react("POST", alice, message, "🍌");

        assertThat(get(bob, message).path("updatedAt")).isEqualTo(then.path("updatedAt"));
        assertThat(reactions(get(bob, message)))
                .containsExactlyInAnyOrderElementsOf(reactions(then))
                .containsExactlyInAnyOrder("🍎 " + alice, "🍎 " + bob, "🍌 " + bob);
        assertThat(reactions(get(alice, message)))
                .containsExactlyInAnyOrder("🍎 " + bob, "🍌 " + bob, "🍌 " + alice, "🍒 " + alice);
    }

    @Test
    void seesNoReactionsWhereTooManyCameAndWentSince() {
        String message = send(alice, "news");
        react("POST", bob, message, "🍌");
        leaves(bob);

        IntStream.range(0, 51).forEach(i -> {
            react("POST", alice, message, "🍎");
            react("DELETE", alice, message, "🍎");
        });

        assertThat(reactions(get(bob, message))).isEmpty();
        assertThat(reactions(get(alice, message))).containsExactly("🍌 " + bob);
    }

    @Test
    void seesThePinsOfThen() {
        String unpinned = send(alice, "unpinned later");
        String pinned = send(alice, "pinned later");
        String again = send(alice, "pinned by another later");
        call(alice, "POST", unpinned + "/pin");
        call(alice, "POST", again + "/pin");
        JsonNode then = get(bob, again);

        leaves(bob);
        call(alice, "DELETE", unpinned + "/pin");
        call(alice, "POST", pinned + "/pin");
        call(alice, "DELETE", again + "/pin");
        call(alice, "POST", again + "/pin");

        assertThat(get(bob, unpinned).path("isPinned").asBoolean()).isTrue();
        assertThat(get(bob, pinned).path("isPinned").asBoolean()).isFalse();
        assertThat(get(bob, again)).isEqualTo(then);
        assertThat(as(bob).get("/api/v1/conversations/" + conversation + "/messages/pinned")
                        .body())
                .containsExactly(then);
    }

    @Test
    void seesATombstoneOfWhatWasDeletedSince() {
        String message = send(alice, "gone");
        leaves(bob);
        edit(message, "gone soon");
        call(alice, "DELETE", message);

        JsonNode shown = get(bob, message);

        assertThat(shown.path("status").asString()).isEqualTo("deleted");
        assertThat(shown.toString()).doesNotContain("gone");
        assertThat(call(bob, "GET", message + "/edits").body()).isEmpty();
    }

    @Test
    void seesNoTextWhereThatOfThenIsNotKeptAnyMore() {
        String message = send(alice, "then");
        leaves(bob);
        IntStream.rangeClosed(1, 50).forEach(i -> edit(message, "t" + i));
        assertThat(get(bob, message).path("content").path("text").asString()).isEqualTo("then");

        edit(message, "t51");

        assertThat(get(bob, message).path("content").path("text").asString("")).isEmpty();
        assertThat(get(bob, message).path("isEdited").asBoolean()).isFalse();
    }

    /** An earlier version kept no text of before. */
    @Test
    void seesNoTextThatWasEditedSinceWhereNothingWasKept() {
        String message = send(alice, "then");
        leaves(bob);
        edit(message, "now");
        mongo.getCollection("messages")
                .flatMapMany(messages -> messages.updateOne(
                        new Document("_id", message), new Document("$unset", new Document("past", ""))))
                .blockLast();

        assertThat(get(bob, message).path("content").path("text").asString("")).isEmpty();
        assertThat(call(bob, "GET", message + "/edits").body()).isEmpty();
    }

    @Test
    void seesTheReceiptsOfThen() {
        String message = send(alice, "news");
        StubConversations.admit(conversation, stranger);
        Instant left = leaves(alice);
        StubConversations.point(
                conversation,
                List.of(
                        pointer(bob, left.minusMillis(1).toString()),
                        pointer(stranger, left.plusMillis(5).toString())));

        JsonNode shown = get(alice, message);

        assertThat(shown.path("deliveryStatus").asString()).isEqualTo("delivered");
        assertThat(shown.path("readBy")).hasSize(1);
        assertThat(shown.path("readBy").path(0).path("userId").asString()).isEqualTo(bob);
        JsonNode receipts = call(alice, "GET", message + "/receipts").body();
        assertThat(receipts.path("readBy")).hasSize(1);
        assertThat(receipts.path("pending").path(0).path("id").asString()).isEqualTo(stranger);
        assertThat(get(bob, message).path("deliveryStatus").asString()).isEqualTo("read");
    }

    @Test
    void seesThePresentAgainWhenBack() {
        String message = send(alice, "then");
        leaves(bob);
        edit(message, "now");
        assertThat(get(bob, message).path("content").path("text").asString()).isEqualTo("then");

        StubConversations.admit(conversation, bob, Membership.former(1, 2).back(3));

        assertThat(get(bob, message).path("content").path("text").asString()).isEqualTo("now");
    }

    /** @return when */
    private Instant leaves(String user) {
        JsonNode notice = notice(user, "left", "MEMBER_LEFT", user);
        StubConversations.admit(
                conversation, user, Membership.former(1, notice.path("seq").asLong()));
        Instant left = Instant.parse(notice.path("createdAt").asString());
        Until.satisfied(() -> assertThat(Instant.now()).isAfter(left.plusMillis(1)));
        return left;
    }

    private void edit(String message, String text) {
        assertThat(call(alice, "PATCH", message, Map.of("text", text)).status()).isEqualTo(200);
    }

    private void react(String method, String user, String message, String emoji) {
        int status = method.equals("POST")
                ? call(user, method, message + "/reactions", Map.of("emoji", emoji))
                        .status()
                : call(user, method, message + "/reactions/" + emoji).status();
        assertThat(status).isEqualTo(200);
    }

    private static List<String> reactions(JsonNode message) {
        return message.path("reactions")
                .valueStream()
                .flatMap(reaction -> reaction.path("userIds")
                        .valueStream()
                        .map(user -> reaction.path("emoji").asString() + " " + user.asString()))
                .toList();
    }

    private JsonNode first(String user, String path, int index) {
        JsonNode body = as(user).get("/api/v1/conversations/" + conversation + "/messages" + path)
                .body();
        return (body.isArray() ? body : body.path("data")).path(index);
    }

    private List<String> found(String user, String query) {
        return as(user).get("/api/v1/messages/search?query=" + query)
                .body()
                .path("data")
                .valueStream()
                .map(message -> message.path("id").asString())
                .toList();
    }

    private static Map<String, Object> pointer(String userId, String readAt) {
        Map<String, Object> pointer = new HashMap<>();
        pointer.put("userId", userId);
        pointer.put("fromSeq", 1);
        pointer.put("readSeq", 2);
        pointer.put("readAt", readAt);
        pointer.put("deliveredSeq", 2);
        pointer.put("deliveredAt", readAt);
        pointer.put("marks", List.of());
        return pointer;
    }
}
