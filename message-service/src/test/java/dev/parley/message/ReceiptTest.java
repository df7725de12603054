package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.StubConversations.Membership;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.Until;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How far messages have come, as conversation-service tells it by pointers. */
class ReceiptTest extends MessageApiTest {

    private static final String AT_1 = "2026-01-01T00:00:01.001Z";
    private static final String AT_2 = "2026-01-01T00:00:02.002Z";
    private static final String AT_3 = "2026-01-01T00:00:03.003Z";

    private final String dave = "dave-" + conversation;

    @BeforeEach
    void daveIsAMemberToo() {
        TestUsers.register("acme", dave);
        StubConversations.admit(conversation, dave);
    }

    @Test
    void tellsHowFarEachMessageHasCome() {
        List<String> messages =
                Stream.of("1", "2", "3", "4").map(text -> send(alice, text)).toList();
        StubConversations.point(
                conversation,
                List.of(
                        pointer(alice, 1, 4, AT_3, 4, AT_3),
                        pointer(bob, 1, 2, AT_2, 3, AT_2),
                        pointer(dave, 1, 1, AT_1, 1, AT_1)));

        List<JsonNode> history = history(alice);

        assertThat(history)
                .extracting(message -> message.path("deliveryStatus").asString())
                .containsExactly("sent", "delivered", "delivered", "read");
        assertThat(readers(history.get(0))).isEmpty();
        assertThat(readers(history.get(1))).isEmpty();
        assertThat(readers(history.get(2))).containsExactly(bob + " " + AT_2);
        assertThat(readers(history.get(3))).containsExactly(dave + " " + AT_1, bob + " " + AT_2);
        for (String message : messages) {
            assertThat(history).contains(get(alice, message));
        }
    }

    @Test
    void tellsWhenAMessageWasReadFirst() {
        String first = send(alice, "1");
        send(alice, "2");
        Map<String, Object> bobs = new HashMap<>(pointer(bob, 1, 2, AT_3, 2, AT_3));
        bobs.put("marks", List.of(Map.of("seq", 1, "at", AT_1), Map.of("seq", 2, "at", AT_2)));
        StubConversations.point(conversation, List.of(bobs));

        assertThat(readers(get(alice, first))).containsExactly(bob + " " + AT_1);
        assertThat(readers(history(alice).get(0))).containsExactly(bob + " " + AT_2);
    }

    @Test
    void asksNobodyToReadWhatWasWrittenBeforeTheyCame() {
        String first = send(alice, "1");
        String second = send(alice, "2");
        StubConversations.point(
                conversation,
                List.of(
                        pointer(bob, 1, 1, AT_1, 1, AT_1),
                        pointer(dave, 2, 1, null, 1, null),
                        pointer(carol, 1, 2, null, 0, null)));

        assertThat(get(alice, first).path("deliveryStatus").asString()).isEqualTo("read");
        assertThat(readers(get(alice, first))).containsExactly(bob + " " + AT_1);
        assertThat(get(alice, second).path("deliveryStatus").asString()).isEqualTo("sent");
    }

    @Test
    void listsWhoReadAndWhoGotAMessage() {
        send(alice, "1");
        String message = send(alice, "2");
        StubConversations.point(
                conversation,
                List.of(
                        pointer(alice, 1, 2, AT_3, 2, AT_3),
                        pointer(bob, 1, 1, AT_1, 2, AT_2),
                        pointer(dave, 1, 2, AT_2, 2, AT_1),
                        pointer(eve, 1, 1, AT_1, 1, AT_1),
                        pointer(carol, 3, 2, null, 2, null)));

        JsonNode receipts = call(bob, "GET", message + "/receipts").body();

        assertThat(receipts.path("readBy")).hasSize(1);
        assertThat(receipts.path("readBy")
                        .get(0)
                        .path("user")
                        .path("displayName")
                        .asString())
                .isEqualTo("Name of " + dave);
        assertThat(receipts.path("readBy").get(0).path("at").asString()).isEqualTo(AT_2);
        assertThat(receipts.path("deliveredTo")).hasSize(1);
        assertThat(receipts.path("deliveredTo").get(0).path("user").path("id").asString())
                .isEqualTo(bob);
        assertThat(receipts.path("deliveredTo").get(0).path("at").asString()).isEqualTo(AT_2);
        assertThat(receipts.path("pending")).hasSize(1);
        assertThat(receipts.path("pending").get(0).path("id").asString()).isEqualTo(eve);
        assertThat(receipts.path("pending").get(0).path("displayName").asString())
                .as("somebody who is gone")
                .isEqualTo("Unknown user");
        for (String list : List.of("readBy", "deliveredTo")) {
            JsonNode user = receipts.path(list).get(0).path("user");
            assertThat(user.path("isBot").asBoolean(true)).isFalse();
            assertThat(user.path("status").asString()).isEqualTo("away");
        }
    }

    @Test
    void listsReceiptsOnlyForThoseWhoMaySeeTheMessage() {
        refusesOthers("GET", "/receipts", Map.of());
        String hidden = send(alice, "hidden");
        call(bob, "DELETE", hidden + "/me");

        assertThat(call(bob, "GET", hidden + "/receipts").code()).isEqualTo(NOT_FOUND);
    }

    @Test
    void showsMessagesWithoutReceiptsWhileNobodyTellsThem() {
        StubConversations.stopTelling(conversation);
        String message = send(alice, "1");

        JsonNode shown = get(alice, message);

        assertThat(shown.path("deliveryStatus").asString()).isEqualTo("sent");
        assertThat(shown.path("readBy")).isEmpty();
        assertThat(call(alice, "GET", message + "/receipts").status()).isEqualTo(503);
    }

    @Test
    void answersARepeatedSendWithHowFarItHasComeSince() {
        Map<String, ?> body = Map.of("text", "once", "tempId", "once");
        String message = send(alice, "once");
        StubConversations.point(conversation, List.of(pointer(bob, 1, 1, AT_1, 1, AT_1)));
        age(message, java.time.Duration.ofSeconds(2));

        Answer again = as(alice).post("/api/v1/conversations/" + conversation + "/messages", body);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body().path("id").asString()).isEqualTo(message);
        assertThat(again.body().path("tempId").asString()).isEqualTo("once");
        assertThat(again.body().path("deliveryStatus").asString()).isEqualTo("read");
    }

    @Test
    void tellsWhatMembersFetch() {
        send(alice, "1");
        send(bob, "2");
        send(alice, "3");
        send(bob, "4");
        history(bob);

        Until.satisfied(
                () -> assertThat(StubConversations.deliveries(conversation)).hasSize(1));
        JsonNode delivery = StubConversations.deliveries(conversation).get(0);
        assertThat(delivery.path("userId").asString()).isEqualTo(bob);
        assertThat(delivery.path("tenantId").asString()).isEqualTo("acme");
        assertThat(delivery.path("seq").asLong()).isEqualTo(3);
        assertThat(delivery.path("at").asString()).startsWith("20");
        history(bob);
        send(alice, "5");
        history(bob);
        Until.satisfied(
                () -> assertThat(StubConversations.deliveries(conversation)).hasSize(2));
        assertThat(StubConversations.deliveries(conversation).get(1).path("seq").asLong())
                .isEqualTo(5);
    }

    @Test
    void tellsWhatMembersAreShownInWhateverWay() {
        List<BiFunction<String, String, Answer>> ways = List.of(
                (message, text) -> call(bob, "GET", message),
                (message, text) -> call(bob, "GET", "search?query=" + text),
                (message, text) -> call(bob, "GET", "search?conversationId=" + conversation + "&query=" + text),
                (message, text) -> {
                    call(bob, "POST", message + "/star");
                    return call(bob, "GET", "starred");
                },
                (message, text) -> call(bob, "POST", message + "/reactions", Map.of("emoji", "👍")),
                (message, text) -> {
                    call(alice, "POST", message + "/pin");
                    return as(bob).get("/api/v1/conversations/" + conversation + "/messages/pinned");
                },
                (message, text) -> call(bob, "DELETE", message + "/pin"),
                (message, text) -> as(bob).get("/api/v1/conversations/" + conversation + "/messages?around=" + message),
                (message, text) ->
                        as(bob).get("/api/v1/conversations/" + conversation + "/messages?direction=after&afterSeq=0"));
        for (int way = 1; way <= ways.size(); way++) {
            String text = "way" + way;
            String message = send(alice, text);
            assertThat(ways.get(way - 1).apply(message, text).status()).isBetween(200, 299);
            int told = way;
            Until.satisfied(() -> assertThat(StubConversations.deliveries(conversation))
                    .extracting(delivery -> delivery.path("userId").asString() + " "
                            + delivery.path("seq").asLong())
                    .as("way %s", told)
                    .last()
                    .isEqualTo(bob + " " + told));
        }
        assertThat(StubConversations.deliveries(conversation)).hasSize(ways.size());
    }

    @Test
    void tellsNothingOfWhatFormerMembersAndSendersFetch() {
        String first = send(alice, "first");
        notice(bob, "1", "MEMBERS_ADDED", dave);
        StubConversations.admit(conversation, carol, Membership.former(1, 1));
        history(carol);
        history(alice);
        call(carol, "GET", first);
        call(carol, "GET", "search?query=first");
        call(alice, "GET", "search?query=first");
        history(dave);

        Until.satisfied(() -> assertThat(StubConversations.deliveries(conversation))
                .extracting(delivery -> delivery.path("userId").asString() + " "
                        + delivery.path("seq").asLong())
                .containsExactly(dave + " 1"));
    }

    @Test
    void whoReadHasReadAlsoAfterLeavingAndIsNotWaitedFor() {
        String read = send(alice, "1");
        String half = send(alice, "2");
        String delivered = send(alice, "3");
        String sent = send(alice, "4");
        StubConversations.point(
                conversation,
                List.of(
                        pointer(alice, 1, 4, AT_3, 4, AT_3),
                        former(dave, 1, 4, 1, AT_1, 3, AT_2),
                        former(bob, 1, 4, 2, AT_2, 2, AT_2),
                        former(eve, 1, 4, 0, null, 0, null)));

        assertThat(history(alice))
                .extracting(message -> message.path("deliveryStatus").asString())
                .containsExactly("sent", "delivered", "read", "read");
        assertThat(readers(get(alice, read))).containsExactly(dave + " " + AT_1, bob + " " + AT_2);
        assertThat(readers(get(alice, half))).containsExactly(bob + " " + AT_2);
        JsonNode receipts = call(alice, "GET", half + "/receipts").body();
        assertThat(receipts.path("deliveredTo").valueStream())
                .extracting(one -> one.path("user").path("id").asString())
                .containsExactly(dave);
        assertThat(receipts.path("pending")).isEmpty();
        assertThat(call(alice, "GET", delivered + "/receipts").body().path("readBy"))
                .isEmpty();
        assertThat(call(alice, "GET", sent + "/receipts").body().path("pending"))
                .isEmpty();
    }

    @Test
    void whoLeftUnreadKeepsNothingFromBeingReadAndWhoCameLaterUnreadsNothing() {
        String first = send(alice, "1");
        String second = send(alice, "2");
        StubConversations.point(
                conversation,
                List.of(
                        pointer(bob, 1, 2, AT_2, 2, AT_2),
                        former(dave, 1, 2, 0, null, 2, AT_1),
                        pointer(carol, 3, 3, null, 3, null),
                        former(eve, 1, 1, 1, AT_1, 1, AT_1),
                        pointer(eve, 3, 3, null, 3, null)));

        assertThat(get(alice, second).path("deliveryStatus").asString()).isEqualTo("read");
        assertThat(get(alice, first).path("deliveryStatus").asString()).isEqualTo("read");
        assertThat(readers(get(alice, first))).containsExactly(eve + " " + AT_1, bob + " " + AT_2);
        assertThat(call(alice, "GET", second + "/receipts")
                        .body()
                        .path("deliveredTo")
                        .valueStream())
                .extracting(one -> one.path("user").path("id").asString())
                .containsExactly(dave);
    }

    @Test
    void whatAMemberClearedUnreadIsNotRead() {
        String before = send(alice, "1");
        String cleared = send(alice, "2");
        String after = send(alice, "3");
        Map<String, Object> bobs = pointer(bob, 1, 3, AT_3, 3, AT_3);
        bobs.put("skipped", List.of(Map.of("fromSeq", 2, "toSeq", 2)));
        StubConversations.point(conversation, List.of(bobs));

        assertThat(get(alice, before).path("deliveryStatus").asString()).isEqualTo("read");
        assertThat(get(alice, cleared).path("deliveryStatus").asString()).isEqualTo("delivered");
        assertThat(readers(get(alice, cleared))).isEmpty();
        assertThat(get(alice, after).path("deliveryStatus").asString()).isEqualTo("read");
    }

    private static Map<String, Object> former(
            String userId,
            long fromSeq,
            long toSeq,
            long readSeq,
            String readAt,
            long deliveredSeq,
            String deliveredAt) {
        Map<String, Object> pointer = pointer(userId, fromSeq, readSeq, readAt, deliveredSeq, deliveredAt);
        pointer.put("toSeq", toSeq);
        return pointer;
    }

    private static Map<String, Object> pointer(
            String userId, long fromSeq, long readSeq, String readAt, long deliveredSeq, String deliveredAt) {
        Map<String, Object> pointer = new HashMap<>();
        pointer.put("userId", userId);
        pointer.put("fromSeq", fromSeq);
        pointer.put("readSeq", readSeq);
        pointer.put("readAt", readAt);
        pointer.put("deliveredSeq", deliveredSeq);
        pointer.put("deliveredAt", deliveredAt);
        pointer.put("marks", List.of());
        pointer.put("skipped", List.of());
        return pointer;
    }

    private static List<String> readers(JsonNode message) {
        return message.path("readBy")
                .valueStream()
                .map(reader -> reader.path("userId").asString() + " "
                        + reader.path("readAt").asString())
                .toList();
    }
}
