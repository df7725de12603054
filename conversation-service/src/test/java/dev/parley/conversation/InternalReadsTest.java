package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.MessageSnapshot;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What other services ask and tell: deliveries, pointers, and views for many at once. */
class InternalReadsTest extends ConversationServiceTestCase {

    private static final String AT = "2026-01-02T03:04:05.678Z";

    @AfterEach
    void messageServiceIsBack() {
        TestMessageService.away(false);
    }

    @Test
    void tellsSendersWhatReachedADevice() {
        TestMessageLog group = group("Delivered", bob, carol);
        MessageSnapshot one = say(group, alice, "one");
        say(group, bob, "bob's own");
        MessageSnapshot three = said(group, alice, "three");

        assertThat(deliver(delivery(group, bob, 2), delivery(group, bob, 3), delivery(group, bob, 1)))
                .isEqualTo(204);

        JsonNode receipt = published(group, "receipt.delivered", 1).get(0);
        assertThat(receipt.path("userId").asString()).isEqualTo(bob);
        assertThat(receipt.path("seq").asLong()).isEqualTo(3);
        assertThat(receipt.path("afterSeq").asLong()).isZero();
        assertThat(receipt.path("deliveredAt").asString()).isEqualTo(AT);
        assertThat(receipt.path("messages").valueStream().map(message -> message.path("messageId")
                        .asString()))
                .containsExactly(one.id(), three.id());
        assertThat(status(alice, group)).isEqualTo("delivered");
    }

    @Test
    void aDeliveryNeverGoesBackAndIsToldOnce() {
        TestMessageLog chat = direct(alice, bob);
        say(chat, alice, "one");
        said(chat, alice, "two");

        deliver(delivery(chat, bob, 2));
        deliver(delivery(chat, bob, 1));
        deliver(delivery(chat, bob, 2));
        said(chat, alice, "three");
        deliver(delivery(chat, bob, 3));

        assertThat(published(chat, "receipt.delivered", 2))
                .extracting(receipt -> receipt.path("seq").asLong())
                .containsExactly(2L, 3L);
        assertThat(pointers(chat).path("members").valueStream())
                .filteredOn(member -> member.path("userId").asString().equals(bob))
                .extracting(member -> member.path("deliveredSeq").asLong())
                .containsExactly(3L);
    }

    @Test
    void whatASenderGetsBackIsNotDelivered() {
        TestMessageLog chat = direct(alice, bob);
        said(chat, alice, "one");

        assertThat(deliver(delivery(chat, alice, 1), delivery(chat, carol, 1))).isEqualTo(204);

        assertThat(status(alice, chat)).isEqualTo("sent");
        deliver(delivery(chat, bob, 1));
        assertThat(status(alice, chat)).isEqualTo("delivered");
        assertThat(published(chat, "receipt.delivered", 1))
                .extracting(receipt -> receipt.path("userId").asString())
                .containsExactly(bob);
    }

    @Test
    void whatAMemberIsShownAsALastMessageIsDelivered() {
        List<Function<TestMessageLog, Answer>> ways = List.of(
                chat -> as(bob).get(BASE), chat -> as(bob).get(BASE + "?hasUnread=true&limit=1"), chat -> as(bob).get(
                                BASE + "/" + chat.conversationId));
        TestMessageLog group = group("Shown", bob, carol);
        for (int way = 0; way < ways.size(); way++) {
            MessageSnapshot message = said(group, alice, "way " + way);
            assertThat(status(alice, group)).isEqualTo("sent");
            assertThat(unread(bob, group)).isPositive();

            assertThat(ways.get(way).apply(group).status()).isEqualTo(200);
            ways.get(way).apply(group);

            JsonNode receipt = published(group, "receipt.delivered", way + 1).get(way);
            assertThat(receipt.path("userId").asString()).isEqualTo(bob);
            assertThat(receipt.path("messages").valueStream())
                    .extracting(one -> one.path("messageId").asString())
                    .containsExactly(message.id());
            assertThat(status(alice, group)).isEqualTo("delivered");
        }
    }

    @Test
    void whatOthersThanRecipientsAreShownIsNotDelivered() {
        TestMessageLog group = group("Not shown", bob, carol);
        said(group, alice, "one");
        as(alice).call("DELETE", BASE + "/" + group.conversationId + "/participants/" + bob, Map.of());
        announceNewest(group);
        as(bob).get(BASE);
        as(alice).get(BASE);
        as(carol).call("DELETE", BASE + "/" + group.conversationId + "/messages", Map.of());
        as(carol).get(BASE);
        said(group, alice, "two");
        as(bob).get(BASE);
        as(alice).get(BASE);

        as(carol).get(BASE);

        assertThat(published(group, "receipt.delivered", 1).get(0).path("seq").asLong())
                .isEqualTo(group.size());
    }

    @Test
    void notesNoDeliveryWhileMessageServiceIsAway() {
        TestMessageLog chat = direct(alice, bob);
        said(chat, alice, "one");
        TestMessageService.away(true);

        assertThat(deliver(delivery(chat, bob, 1))).isEqualTo(503);

        TestMessageService.away(false);
        assertThat(deliver(delivery(chat, bob, 1))).isEqualTo(204);
        assertThat(published(chat, "receipt.delivered", 1)).hasSize(1);
    }

    @Test
    void refusesDeliveriesThatAreNone() {
        Answer refused = asService()
                .post(
                        "/internal/platform/deliveries",
                        Map.of(
                                "deliveries",
                                List.of(Map.of("conversationId", "c", "userId", "u", "seq", 0, "at", "x"))));

        assertThat(refused.body().path("errors").valueStream().map(error -> error.path("field")
                        .asString()))
                .containsExactlyInAnyOrder("deliveries[0].tenantId", "deliveries[0].seq", "deliveries[0].at");
        assertThat(as(alice)
                        .post("/internal/platform/deliveries", Map.of("deliveries", List.of()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tellsHowFarEachMemberIs() {
        TestMessageLog group = group("Pointers", bob, carol);
        say(group, alice, "one");
        said(group, alice, "two");
        read(bob, group, Map.of("messageId", group.at(1).id()));
        read(bob, group, Map.of());
        as(carol).post(BASE + "/" + group.conversationId + "/leave", Map.of());

        JsonNode pointers = pointers(group);

        assertThat(pointers.path("participantCount").asInt()).isEqualTo(2);
        assertThat(pointers.path("members").valueStream().map(member -> member.path("userId")
                        .asString()))
                .containsExactlyInAnyOrder(alice, bob);
        JsonNode bobs = pointers.path("members")
                .valueStream()
                .filter(member -> member.path("userId").asString().equals(bob))
                .findFirst()
                .orElseThrow();
        assertThat(bobs.path("fromSeq").asLong()).isEqualTo(1);
        assertThat(bobs.path("readSeq").asLong()).isEqualTo(2);
        assertThat(bobs.path("deliveredSeq").asLong()).isEqualTo(2);
        assertThat(bobs.path("marks").valueStream().map(mark -> mark.path("seq").asLong()))
                .containsExactly(1L, 2L);
        assertThat(Instant.parse(bobs.path("readAt").asString()))
                .isEqualTo(Instant.parse(bobs.path("marks").get(1).path("at").asString()));
        assertThat(asService()
                        .get("/internal/platform/conversations/nothing/pointers")
                        .code())
                .isEqualTo("conversation.not-found");
    }

    @Test
    void countsInsteadOfNamingWhereTooManyAreInAConversation() {
        String[] crowd = IntStream.range(0, 256).mapToObj(i -> "m" + i + alice).toArray(String[]::new);
        TestUsers.register("acme", crowd);
        TestMessageLog group = group("Crowd", crowd);
        said(group, alice, "to all");

        assertThat(pointers(group).path("members").size()).isZero();
        assertThat(pointers(group).path("participantCount").asInt()).isEqualTo(257);
        deliver(delivery(group, crowd[0], 1));
        deliver(delivery(group, crowd[1], 1));
        assertThat(status(alice, group)).isEqualTo("delivered");
        read(crowd[0], group, Map.of());
        assertThat(texts(published(group, "receipt.read", 1).get(0).path("fullyReadMessageIds")))
                .isEmpty();
        assertThat(published(group, "receipt.delivered", 1)).hasSize(1);
    }

    @Test
    void tellsAllThatTheEventsHaveSaid() {
        TestMessageLog group = group("Known", bob, carol);
        say(group, bob, "mine");
        delete(group, say(group, alice, "gone"));
        said(group, alice, "two");
        read(bob, group, Map.of("messageId", group.at(1).id()));
        as(bob).post(BASE + "/" + group.conversationId + "/mute", Map.of());
        as(carol).call("DELETE", BASE + "/" + group.conversationId + "/messages", Map.of());

        JsonNode conversation =
                audience("conversations", group.conversationId, 1).get(0);
        assertThat(conversation.path("conversationId").asString()).isEqualTo(group.conversationId);
        assertThat(conversation.path("name").asString()).isEqualTo("Known");
        assertThat(conversation.path("lastSeq").asLong()).isEqualTo(3);
        assertThat(conversation.path("lastOrdinal").asLong()).isEqualTo(3);
        assertThat(conversation.path("tombstones").toString())
                .isEqualTo("[{\"seq\":2,\"senderId\":\"" + alice + "\"}]");
        assertThat(conversation.path("deleted").asBoolean(true)).isFalse();
        Map<String, JsonNode> members = new HashMap<>();
        audience("members", group.conversationId, 3)
                .forEach(member -> members.put(member.path("userId").asString(), member));
        assertThat(members.keySet()).containsExactlyInAnyOrder(alice, bob, carol);
        assertThat(members.get(alice).path("sentOrdinal").asLong()).isEqualTo(2);
        JsonNode bobs = members.get(bob);
        assertThat(bobs.path("read").toString()).isEqualTo("{\"seq\":1,\"ordinal\":1,\"sentOrdinal\":1}");
        assertThat(bobs.has("mutedUntil")
                        && bobs.path("active").asBoolean()
                        && bobs.path("mayRead").asBoolean())
                .isTrue();
        assertThat(members.get(carol).path("cleared").toString())
                .isEqualTo("{\"seq\":3,\"ordinal\":3,\"sentOrdinal\":0}");
        assertThat(members.get(carol).has("mutedUntil")).isFalse();
    }

    /** What comes from the conversation on. */
    private List<JsonNode> audience(String what, String conversationId, int count) {
        String before = conversationId.substring(0, conversationId.length() - 1);
        return asService()
                .get("/internal/platform/audience/" + what + "?limit=" + count + "&after=" + before)
                .body()
                .path(what)
                .valueStream()
                .toList();
    }

    @Test
    void aConversationThatCannotBeAskedAboutHoldsUpNoOther() {
        TestMessageLog healthy = group("Healthy", bob);
        TestMessageLog stuck = group("Stuck", bob);
        said(healthy, alice, "one");
        said(stuck, alice, "one");
        TestMessageService.silent(stuck.conversationId, true);

        assertThat(deliver(delivery(stuck, bob, 1), delivery(healthy, bob, 1))).isEqualTo(503);

        assertThat(status(alice, healthy)).isEqualTo("delivered");
        assertThat(status(alice, stuck)).isEqualTo("sent");
        TestMessageService.silent(stuck.conversationId, false);
        assertThat(deliver(delivery(stuck, bob, 1), delivery(healthy, bob, 1))).isEqualTo(204);
        assertThat(status(alice, stuck)).isEqualTo("delivered");
    }

    @Test
    void showsAConversationToManyAtOnce() {
        TestMessageLog group = group("Views", bob, carol);
        say(group, alice, "one");
        MessageSnapshot two = said(group, alice, "two");
        change("POST", bob, group, "/pin");
        change("POST", bob, group, "/mute");
        change("DELETE", carol, group, "/messages");
        hide(group, alice, two, group.at(1));

        Until.satisfied(() -> {
            JsonNode views = views(group, alice, bob, carol, "nobody");
            assertThat(views.path("conversation").path("lastMessage").path("id").asString())
                    .isEqualTo(two.id());
            assertThat(views.path("conversation").path("unreadCount").asLong(-1))
                    .isZero();
            assertThat(views.path("conversation").path("isPinned").asBoolean(true))
                    .isFalse();
            assertThat(views.path("members").size()).isEqualTo(3);
            JsonNode alices = own(views, alice);
            assertThat(alices.path("lastMessage").path("id").asString())
                    .isEqualTo(group.at(1).id());
            assertThat(alices.path("isActive").asBoolean()).isTrue();
            JsonNode bobs = own(views, bob);
            assertThat(bobs.has("lastMessage")).isFalse();
            assertThat(bobs.path("unreadCount").asLong()).isEqualTo(2);
            assertThat(bobs.path("isPinned").asBoolean()).isTrue();
            assertThat(bobs.path("isMuted").asBoolean()).isTrue();
            assertThat(bobs.path("notificationsEnabled").asBoolean(true)).isFalse();
            assertThat(own(views, carol).get("lastMessage").isNull()).isTrue();
            assertThat(own(views, carol).path("fromSeq").asLong()).isEqualTo(two.seq() + 1);
            assertThat(bobs.path("fromSeq").asLong()).isEqualTo(1);
        });
        assertThat(asService()
                        .post("/internal/platform/chat-core/conversations/nothing/views", Map.of("userIds", List.of()))
                        .code())
                .isEqualTo("conversation.not-found");
    }

    @Test
    void tellsFromWhereAUserSeesEachConversation() {
        TestMessageLog group = group("Positions", bob, carol);
        say(group, alice, "one");
        MessageSnapshot two = said(group, alice, "two");
        change("DELETE", carol, group, "/messages");

        Until.satisfied(() -> assertThat(fromSeq(carol, group)).isEqualTo(two.seq() + 1));
        assertThat(fromSeq(bob, group)).isEqualTo(1);
    }

    private long fromSeq(String userId, TestMessageLog messageLog) {
        return as(userId)
                .get("/internal/memberships")
                .body()
                .path("conversations")
                .valueStream()
                .filter(one -> one.path("conversationId").asString().equals(messageLog.conversationId))
                .findFirst()
                .orElseThrow()
                .path("fromSeq")
                .asLong();
    }

    private JsonNode views(TestMessageLog messageLog, String... userIds) {
        return asService()
                .post(
                        "/internal/platform/chat-core/conversations/" + messageLog.conversationId + "/views",
                        Map.of("userIds", List.of(userIds)))
                .body();
    }

    private static JsonNode own(JsonNode views, String userId) {
        return views.path("members")
                .valueStream()
                .filter(member -> member.path("userId").asString().equals(userId))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode pointers(TestMessageLog messageLog) {
        return asService()
                .get("/internal/platform/conversations/" + messageLog.conversationId + "/pointers")
                .body();
    }

    private int deliver(Map<?, ?>... deliveries) {
        return asService()
                .post("/internal/platform/deliveries", Map.of("deliveries", List.of(deliveries)))
                .status();
    }

    private static Map<String, Object> delivery(TestMessageLog messageLog, String userId, long seq) {
        return Map.of(
                "conversationId",
                messageLog.conversationId,
                "tenantId",
                "acme",
                "userId",
                userId,
                "seq",
                seq,
                "at",
                AT);
    }

    private String status(String userId, TestMessageLog messageLog) {
        return conversation(userId, messageLog)
                .path("lastMessage")
                .path("deliveryStatus")
                .asString();
    }
}
