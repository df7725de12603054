package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nina's first day: what a person does with a chat, one thing after the other, as the clients' contract says it. */
class NewUsersDayTest {

    private static final List<String> MESSAGE_FIELDS = List.of(
            "id",
            "tenantId",
            "conversationId",
            "seq",
            "senderId",
            "sender",
            "content",
            "reactions",
            "status",
            "deliveryStatus",
            "readBy",
            "isEdited",
            "isStarred",
            "isPinned",
            "sentAt",
            "createdAt",
            "updatedAt");
    private static final List<String> CONVERSATION_FIELDS = List.of(
            "id",
            "tenantId",
            "conversationType",
            "participants",
            "participantCount",
            "settings",
            "createdBy",
            "isActive",
            "createdAt",
            "updatedAt",
            "unreadCount",
            "isPinned",
            "isMuted",
            "notificationsEnabled",
            "encryptionMode");

    private final String baseUrl = RunningPlatform.baseUrl();

    @Test
    void goesWithoutADeviation() {
        ChatUser omar = ChatUser.register(baseUrl, "Omar");
        ChatUser pia = ChatUser.register(baseUrl, "Pia");
        ChatUser nina = ChatUser.register(baseUrl, "Nina");
        try (ChatSocket phone = nina.connect();
                ChatSocket laptop = nina.connect();
                ChatSocket omarPhone = omar.connect();
                ChatSocket piaPhone = pia.connect()) {
            nina.call(
                    "PATCH",
                    "/api/v1/users/me",
                    Map.of("displayName", "Nina N.", "firstName", "Nina", "lastName", "Novak"));
            assertThat(nina.get("/api/v1/users/me").path("lastName").asString()).isEqualTo("Novak");
            assertThat(nina.get("/api/v1/users?query=" + omar.username())
                            .path("data")
                            .get(0)
                            .path("id")
                            .asString())
                    .isEqualTo(omar.id());
            assertThat(nina.get("/api/v1/users/" + omar.id())
                            .path("displayName")
                            .asString())
                    .isEqualTo("Omar");
            assertThat(nina.get("/api/v1/conversations").path("data")).isEmpty();

            String direct = writesToOmar(nina, omar, phone, laptop, omarPhone);
            String group = gathersAGroup(nina, omar, pia, phone, omarPhone, piaPhone);
            tidiesUp(nina, direct, group, laptop);
            findsThingsAgain(nina, omar, direct, group);
            saysGoodbye(nina, omar, pia, group, phone, piaPhone);
        }
        assertThat(nina.api()
                        .post("/api/v1/auth/logout", Map.of("refreshToken", nina.refreshToken()))
                        .status())
                .isEqualTo(204);
    }

    private static String writesToOmar(
            ChatUser nina, ChatUser omar, ChatSocket phone, ChatSocket laptop, ChatSocket omarPhone) {
        JsonNode direct = nina.call("POST", "/api/v1/conversations/direct", Map.of("userId", omar.id()));
        assertThat(direct.propertyNames()).containsAll(CONVERSATION_FIELDS);
        assertThat(direct.path("conversationType").asString()).isEqualTo("direct");
        String id = direct.path("id").asString();
        assertThat(omarPhone.await("conversation_created", 1).get(0).path("id").asString())
                .isEqualTo(id);

        phone.succeed("typing", Map.of("conversationId", id, "isTyping", true));
        assertThat(omarPhone
                        .await("typing_indicator", 1)
                        .get(0)
                        .path("displayName")
                        .asString())
                .isEqualTo("Nina N.");
        JsonNode sent = phone.succeed(
                "send_message", Map.of("conversationId", id, "text", "Hello Omar, first day!", "tempId", "t1"));
        JsonNode hello = sent.path("message");
        assertThat(hello.propertyNames()).containsAll(MESSAGE_FIELDS);
        assertThat(phone.await("message_ack", 1).get(0).path("messageId")).isEqualTo(sent.path("messageId"));
        assertThat(laptop.await("new_message", 1).get(0).path("tempId").asString())
                .isEqualTo("t1");
        JsonNode told = omarPhone.await("new_message", 1).get(0);
        assertThat(told.path("senderName").asString()).isEqualTo("Nina N.");
        assertThat(phone.await("message_delivered", 1).get(0).path("messageId")).isEqualTo(hello.path("id"));

        JsonNode reply = omarPhone
                .succeed(
                        "send_message",
                        Map.of(
                                "conversationId",
                                id,
                                "text",
                                "Welcome! Lunch at noon?",
                                "replyTo",
                                hello.path("id").asString(),
                                "tempId",
                                "o1"))
                .path("message");
        assertThat(reply.path("replyTo").path("messageId")).isEqualTo(hello.path("id"));
        assertThat(reply.path("replyTo").path("contentPreview").asString()).isEqualTo("Hello Omar, first day!");
        Until.satisfied(
                () -> assertThat(nina.listed(id).path("unreadCount").asLong()).isEqualTo(1));
        phone.succeed(
                "mark_read",
                Map.of("conversationId", id, "messageId", reply.path("id").asString()));
        assertThat(laptop.await("unread_count_changed", 1)
                        .get(0)
                        .path("unreadCount")
                        .asLong())
                .isZero();
        assertThat(omarPhone
                        .await("read_receipt", 1)
                        .get(0)
                        .path("fullyReadMessageIds")
                        .get(0))
                .isEqualTo(reply.path("id"));
        assertThat(nina.get("/api/v1/conversations/" + id + "/last-read").path("lastReadMessageId"))
                .isEqualTo(reply.path("id"));
        JsonNode receipts = omar.get("/api/v1/messages/" + reply.path("id").asString() + "/receipts");
        assertThat(receipts.path("readBy").get(0).path("user").path("id").asString())
                .isEqualTo(nina.id());
        assertThat(receipts.path("pending")).isEmpty();
        return id;
    }

    private static String gathersAGroup(
            ChatUser nina, ChatUser omar, ChatUser pia, ChatSocket phone, ChatSocket omarPhone, ChatSocket piaPhone) {
        JsonNode group = nina.call(
                "POST",
                "/api/v1/conversations/group",
                Map.of("name", "Lunch", "description", "Where to?", "participantIds", List.of(omar.id())));
        String id = group.path("id").asString();
        assertThat(group.path("conversationType").asString()).isEqualTo("group");
        String before = phone.send(id, "Only for Omar").path("id").asString();

        JsonNode grown = nina.call(
                "POST", "/api/v1/conversations/" + id + "/participants", Map.of("userIds", List.of(pia.id())));
        assertThat(grown.path("participantCount").asInt()).isEqualTo(3);
        assertThat(piaPhone.await("conversation_created", 1).get(0).path("id").asString())
                .isEqualTo(id);
        JsonNode joined = omarPhone.await("participant_joined", 1).get(0);
        assertThat(joined.path("userId").asString()).isEqualTo(pia.id());
        assertThat(joined.path("addedBy").asString()).isEqualTo(nina.id());
        assertThat(pia.api().get("/api/v1/messages/" + before).status()).isEqualTo(404);

        JsonNode files = phone.succeed(
                        "send_message",
                        Map.of(
                                "conversationId",
                                id,
                                "text",
                                "The menu, @" + pia.username() + " will like it",
                                "tempId",
                                "t2",
                                "attachments",
                                List.of(Map.of(
                                        "id", Ids.next(),
                                        "type", "document",
                                        "url", "https://example.org/menu.pdf",
                                        "filename", "menu.pdf",
                                        "mimeType", "application/pdf",
                                        "size", 1234))))
                .path("message");
        assertThat(files.path("content").path("type").asString()).isEqualTo("attachment");
        assertThat(files.path("mentions").get(0).asString()).isEqualTo(pia.id());
        String message = files.path("id").asString();
        piaPhone.succeed("add_reaction", Map.of("messageId", message, "emoji", "🍜"));
        assertThat(phone.await("reaction_updated", 1)
                        .get(0)
                        .path("reactions")
                        .get(0)
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        omarPhone.succeed("pin_message", Map.of("messageId", message));
        assertThat(phone.await("message_pin_updated", 1).get(0).path("pinnedBy").asString())
                .isEqualTo(omar.id());
        phone.succeed("update_message", Map.of("messageId", message, "text", "The new menu"));
        assertThat(piaPhone.await("message_updated", 1).get(0).path("text").asString())
                .isEqualTo("The new menu");

        nina.call("PATCH", "/api/v1/conversations/" + id + "/participants/" + omar.id(), Map.of("role", "admin"));
        omar.call(
                "PATCH",
                "/api/v1/conversations/" + id,
                Map.of("name", "Lunch at noon", "settings", Map.of("onlyAdminsCanMessage", true)));
        Until.satisfied(() -> assertThat(
                        piaPhone.ask("send_message", Map.of("conversationId", id, "text", "May I?", "tempId", "p1"))
                                .path("success")
                                .asBoolean())
                .isFalse());
        omar.call("PATCH", "/api/v1/conversations/" + id, Map.of("settings", Map.of("onlyAdminsCanMessage", false)));
        Until.satisfied(
                () -> piaPhone.succeed("send_message", Map.of("conversationId", id, "text", "I may.", "tempId", "p2")));
        return id;
    }

    private static void tidiesUp(ChatUser nina, String direct, String group, ChatSocket laptop) {
        nina.call("POST", "/api/v1/conversations/" + direct + "/pin", Map.of());
        nina.call(
                "POST",
                "/api/v1/conversations/" + group + "/mute",
                Map.of(
                        "mutedUntil",
                        Instant.now()
                                .plus(8, ChronoUnit.HOURS)
                                .truncatedTo(ChronoUnit.MILLIS)
                                .toString()));
        Until.satisfied(() -> assertThat(laptop.told("conversation_updated"))
                .anyMatch(told -> told.path("isPinned").asBoolean())
                .anyMatch(told -> told.path("isMuted").asBoolean()));
        assertThat(ids(nina.get("/api/v1/conversations"))).containsExactly(direct, group);
        assertThat(ids(nina.get("/api/v1/conversations?isMuted=true&type=group&role=admin")))
                .containsExactly(group);
        assertThat(ids(nina.get("/api/v1/conversations?search=noon&hasUnread=true&page=1&limit=5")))
                .containsExactly(group);
        assertThat(ids(nina.get("/api/v1/conversations?isPinned=false&type=direct")))
                .isEmpty();
        JsonNode unread = nina.get("/api/v1/conversations/unread");
        assertThat(unread.path("totalUnread").asLong()).isEqualTo(1);
        assertThat(unread.path("byConversation").get(0).path("conversationId").asString())
                .isEqualTo(group);
    }

    private static void findsThingsAgain(ChatUser nina, ChatUser omar, String direct, String group) {
        JsonNode hit = Until.found(
                () -> nina.get("/api/v1/messages/search?query=welcome").path("data"));
        assertThat(hit.path("conversationId").asString()).isEqualTo(direct);
        String message = hit.path("id").asString();
        assertThat(nina.get("/api/v1/conversations/" + direct + "/messages?limit=3&around=" + message)
                        .path("data")
                        .valueStream()
                        .map(one -> one.path("id").asString()))
                .contains(message);
        nina.call("POST", "/api/v1/messages/" + message + "/star", Map.of());
        assertThat(ids(nina.get("/api/v1/messages/starred?conversationId=" + direct)))
                .containsExactly(message);
        assertThat(omar.get("/api/v1/messages/starred").path("data")).isEmpty();
        assertThat(nina.get("/api/v1/conversations/" + group + "/messages/pinned"))
                .hasSize(1);
        assertThat(nina.get("/api/v1/conversations/" + group + "/files?type=document")
                        .path("data")
                        .get(0)
                        .path("filename")
                        .asString())
                .isEqualTo("menu.pdf");
        nina.call("DELETE", "/api/v1/messages/" + message + "/me", Map.of());
        assertThat(nina.api().get("/api/v1/messages/" + message).status()).isEqualTo(404);
        assertThat(omar.get("/api/v1/messages/" + message).path("status").asString())
                .isEqualTo("sent");
    }

    private static void saysGoodbye(
            ChatUser nina, ChatUser omar, ChatUser pia, String group, ChatSocket phone, ChatSocket piaPhone) {
        String slip = phone.send(group, "Oops").path("id").asString();
        phone.succeed("delete_message", Map.of("messageId", slip));
        assertThat(piaPhone.await("message_deleted", 1).get(0).path("messageId").asString())
                .isEqualTo(slip);
        JsonNode tombstone = pia.get("/api/v1/messages/" + slip);
        assertThat(tombstone.path("status").asString()).isEqualTo("deleted");
        assertThat(tombstone.path("content").has("text")).isFalse();

        nina.call("POST", "/api/v1/conversations/" + group + "/leave", Map.of("andDelete", true));
        assertThat(piaPhone.await("participant_left", 1).get(0).path("userId").asString())
                .isEqualTo(nina.id());
        phone.await("conversation_deleted", 1);
        assertThat(nina.listed(group).isMissingNode()).isTrue();
        assertThat(nina.api()
                        .get("/api/v1/conversations/" + group + "/messages")
                        .status())
                .isEqualTo(403);
        assertThat(omar.get("/api/v1/conversations/" + group + "/members")).hasSize(2);
    }

    private static List<String> ids(JsonNode page) {
        return page.path("data")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }
}
