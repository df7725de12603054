package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was got and read stays so, whoever comes and goes, and nothing else looks like it. */
class ReceiptFactsTest extends ThreeUsers {

    private static final String CONVERSATIONS = "/api/v1/conversations/";

    private ChatSocket phone;

    @Test
    void tellsTheSenderOnceWhatTheLeavingOfTheLastWhoHadNotReadCompletes() {
        String group = alice.groupWith(bob, carol);
        phone = connected(alice);
        ChatSocket tablet = connected(alice);
        String removed = phone.send(group, "carol is removed").path("id").asString();
        bob.read(group);
        assertThat(strings(phone.await("read_receipt", 1).get(0), "fullyReadMessageIds"))
                .isEmpty();

        remove(group, carol);

        for (ChatSocket device : List.of(phone, tablet)) {
            JsonNode told = device.await("read_receipt", 2).get(1);
            assertThat(told.path("conversationId").asString()).isEqualTo(group);
            assertThat(told.path("userId").asString()).isEqualTo(bob.id());
            assertThat(told.path("messageId").asString()).isEqualTo(removed);
            assertThat(strings(told, "updatedMessageIds")).containsExactly(removed);
            assertThat(strings(told, "fullyReadMessageIds")).containsExactly(removed);
            assertThat(device.told().stream().map(ChatSocket.Told::event))
                    .containsSubsequence("participant_left", "read_receipt");
        }
        assertThat(status(removed)).isEqualTo("read");
        Until.satisfied(() -> assertThat(alice.listed(group)
                        .path("lastMessage")
                        .path("content")
                        .path("type")
                        .asString())
                .isEqualTo("system"));

        add(group, carol);
        String left = phone.send(group, "carol leaves").path("id").asString();
        assertThat(status(removed)).isEqualTo("read");
        bob.read(group);
        Until.satisfied(() -> assertThat(alice.listed(group)
                        .path("lastMessage")
                        .path("deliveryStatus")
                        .asString())
                .isEqualTo("delivered"));
        carol.call("POST", CONVERSATIONS + group + "/leave", Map.of());
        assertThat(strings(phone.await("read_receipt", 4).get(3), "fullyReadMessageIds"))
                .containsExactly(left);
        assertThat(phone.told("read_receipt")).hasSize(4);
    }

    @Test
    void whoReadHasReadAlsoAfterLeavingAndAfterComingBack() {
        String group = alice.groupWith(bob, carol);
        phone = connected(alice);
        String message = phone.send(group, "one").path("id").asString();
        bob.read(group);
        phone.await("read_receipt", 1);

        remove(group, bob);
        assertThat(status(message)).isEqualTo("delivered");
        assertThat(readers(message)).containsExactly(bob.id());
        add(group, bob);
        assertThat(readers(message)).containsExactly(bob.id());
        JsonNode receipts = alice.get("/api/v1/messages/" + message + "/receipts");
        assertThat(receipts.path("pending")).hasSize(1);
        assertThat(receipts.path("pending").get(0).path("id").asString()).isEqualTo(carol.id());
        carol.read(group);
        assertThat(strings(phone.await("read_receipt", 2).get(1), "fullyReadMessageIds"))
                .containsExactly(message);
        remove(group, carol);
        remove(group, bob);
        Until.satisfied(() -> assertThat(readers(message)).containsExactlyInAnyOrder(bob.id(), carol.id()));
        assertThat(status(message)).isEqualTo("read");
    }

    @Test
    void whatNobodyReadIsNotReadWhenAllHaveLeft() {
        String group = alice.groupWith(bob, carol);
        String message = alice.send(group, "anybody?").path("id").asString();
        remove(group, bob);
        remove(group, carol);

        assertThat(status(message)).isNotEqualTo("read");
        assertThat(readers(message)).isEmpty();
    }

    @Test
    void tellsTheSenderNothingOfClearingHidingAndDeletingForOneself() {
        phone = connected(alice);
        for (String way : List.of("clear_chat", "clear", "hide", "delete for me", "leave and delete")) {
            ChatUser reader = ChatUser.register(baseUrl, "Reader");
            boolean leaves = way.startsWith("leave");
            String chat = leaves ? alice.groupWith(reader, carol) : alice.directWith(reader);
            ChatSocket device = connected(reader);
            String message = phone.send(chat, "unread " + way).path("id").asString();
            device.await("new_message", 1);
            Until.satisfied(() -> assertThat(reader.unread(chat)).isEqualTo(1));

            switch (way) {
                case "clear_chat" -> device.succeed("clear_chat", Map.of("conversationId", chat));
                case "clear" -> reader.call("DELETE", CONVERSATIONS + chat + "/messages", Map.of());
                case "hide" -> reader.call("DELETE", CONVERSATIONS + chat, Map.of());
                case "delete for me" -> device.succeed("delete_message_for_me", Map.of("messageId", message));
                default -> reader.call("POST", CONVERSATIONS + chat + "/leave", Map.of("andDelete", true));
            }
            Until.satisfied(() -> assertThat(reader.totalUnread()).as(way).isZero());
            if (!leaves && !way.equals("delete for me")) {
                reader.read(chat);
            }
            assertThat(status(message)).as(way).isIn("sent", "delivered");
            assertThat(readers(message)).as(way).isEmpty();
            if (!leaves) {
                String after = phone.send(chat, "after").path("id").asString();
                Until.satisfied(() -> assertThat(reader.unread(chat)).isEqualTo(1));
                reader.read(chat);
                Until.satisfied(() -> assertThat(status(after)).as(way).isEqualTo("read"));
                boolean wasInView = way.equals("delete for me");
                assertThat(status(message)).as(way).isEqualTo(wasInView ? "read" : "delivered");
            }
        }
        assertThat(phone.await("read_receipt", 4)).hasSize(4);
    }

    @Test
    void tellsTheSenderOnceOfADeliveryInWhateverWayTheMessageIsShown() {
        phone = connected(alice);
        List<BiConsumer<String, JsonNode>> ways = List.of(
                (chat, message) -> bob.get("/api/v1/conversations"),
                (chat, message) -> bob.get(CONVERSATIONS + chat),
                (chat, message) ->
                        bob.get("/api/v1/messages/" + message.path("id").asString()),
                (chat, message) -> bob.get("/api/v1/messages/search?query="
                        + message.path("content").path("text").asString()),
                (chat, message) -> bob.history(chat),
                (chat, message) -> connected(bob)
                        .succeed(
                                "get_missed",
                                Map.of(
                                        "conversationId",
                                        chat,
                                        "afterSeq",
                                        message.path("seq").asLong() - 1)));
        String chat = alice.directWith(bob);
        for (int way = 0; way < ways.size(); way++) {
            JsonNode message = phone.send(chat, "text" + way);
            Until.satisfied(
                    () -> assertThat(alice.listed(chat).path("lastMessage").path("id"))
                            .isEqualTo(message.path("id")));
            Until.satisfied(() -> assertThat(bob.unread(chat)).isPositive());
            if (way < ways.size() - 1) {
                assertThat(phone.told("message_delivered")).hasSize(way);
            }
            ways.get(way).accept(chat, message);
            JsonNode told = phone.await("message_delivered", way + 1).get(way);
            assertThat(told.path("messageId")).isEqualTo(message.path("id"));
            assertThat(told.path("deliveredTo").path("userId").asString()).isEqualTo(bob.id());
        }
        ChatSocket left = sockets.get(sockets.size() - 1);
        left.succeed("leave_room", chat);
        JsonNode message = phone.send(chat, "in the list alone");
        JsonNode told = phone.await("message_delivered", ways.size() + 1).get(ways.size());
        assertThat(told.path("messageId")).isEqualTo(message.path("id"));
        assertThat(left.told("new_message")).isEmpty();
        assertThat(phone.told("messages_delivered")).isEmpty();
    }

    private void remove(String group, ChatUser user) {
        alice.call("DELETE", CONVERSATIONS + group + "/participants/" + user.id(), Map.of());
    }

    private void add(String group, ChatUser user) {
        alice.call("POST", CONVERSATIONS + group + "/participants", Map.of("userIds", List.of(user.id())));
    }

    private String status(String messageId) {
        return alice.get("/api/v1/messages/" + messageId).path("deliveryStatus").asString();
    }

    private List<String> readers(String messageId) {
        return alice.get("/api/v1/messages/" + messageId)
                .path("readBy")
                .valueStream()
                .map(reader -> reader.path("userId").asString())
                .toList();
    }

    private static List<String> strings(JsonNode node, String field) {
        return node.path(field).valueStream().map(JsonNode::asString).toList();
    }
}
