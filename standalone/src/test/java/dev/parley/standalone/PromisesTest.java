package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** What users of chat servers are used to see go wrong, and must not see here. */
class PromisesTest extends ThreeUsers {

    private static final String CONVERSATIONS = "/api/v1/conversations/";

    @Test
    void answersEveryEmitWhetherItSucceedsOrNot() {
        String conversation = alice.directWith(bob);
        ChatSocket phone = connected(alice);
        String message = phone.send(conversation, "hello").path("id").asString();
        Map<String, String> onMessage = Map.of("messageId", message);
        Map<String, String> inConversation = Map.of("conversationId", conversation);
        Map<String, String> reaction = Map.of("messageId", message, "emoji", "👍");
        phone.succeed("join_room", conversation);
        phone.succeed("join_room", inConversation);
        phone.succeed("typing", Map.of("conversationId", conversation, "isTyping", true));
        phone.succeed("update_message", Map.of("messageId", message, "text", "hello again"));
        phone.succeed("add_reaction", reaction);
        phone.succeed("remove_reaction", reaction);
        phone.succeed("pin_message", onMessage);
        phone.succeed("unpin_message", onMessage);
        phone.succeed("mark_read", inConversation);
        assertThat(phone.ask("get_online_users", List.of(alice.id(), bob.id()))).hasSize(1);
        assertThat(phone.ask("get_online_users", Map.of("userIds", List.of(bob.id()))))
                .isEmpty();
        phone.ask("get_typing_users", inConversation);
        phone.succeed("get_missed", Map.of("conversationId", conversation, "afterSeq", 0));
        phone.succeed("delete_message", onMessage);
        phone.succeed("delete_message_for_me", onMessage);
        phone.succeed("clear_chat", inConversation);
        phone.succeed("leave_room", conversation);

        for (String event : List.of(
                "join_room",
                "leave_room",
                "typing",
                "update_message",
                "add_reaction",
                "remove_reaction",
                "pin_message",
                "unpin_message",
                "mark_read",
                "get_online_users",
                "get_typing_users",
                "get_missed",
                "delete_message",
                "delete_message_for_me",
                "clear_chat",
                "send_message",
                "no_such_event")) {
            JsonNode ack = phone.ask(event, Map.of("messageId", 7, "conversationId", List.of(), "userIds", "x"));
            assertThat(ack.path("success").isBoolean()).as("%s: %s", event, ack).isTrue();
            assertThat(ack.path("success").asBoolean()).as("%s: %s", event, ack).isFalse();
            assertThat(ack.path("error").asString()).as(event).isNotBlank();
            assertThat(ack.path("code").asString()).as(event).isNotBlank();
        }
    }

    @Test
    void callsAMessageDeliveredOnlyWhenItReachedADeviceOfARecipient() {
        String conversation = alice.directWith(bob);
        ChatSocket phone = connected(alice);
        ChatSocket laptop = connected(alice);
        String first = phone.send(conversation, "anybody there?").path("id").asString();
        laptop.await("conversation_updated", 1);

        assertThat(delivery(conversation)).isEqualTo("sent");
        assertThat(phone.told("message_delivered")).isEmpty();
        assertThat(phone.told("messages_delivered")).isEmpty();

        bob.history(conversation);
        JsonNode told = phone.await("message_delivered", 1).get(0);
        assertThat(told.path("messageId").asString()).isEqualTo(first);
        assertThat(told.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(told.path("deliveredTo").path("userId").asString()).isEqualTo(bob.id());
        Until.satisfied(() -> assertThat(delivery(conversation)).isEqualTo("delivered"));

        ChatSocket bobPhone = connected(bob);
        String second = phone.send(conversation, "now live").path("id").asString();
        bobPhone.await("new_message", 1);
        assertThat(phone.await("message_delivered", 2).get(1).path("messageId").asString())
                .isEqualTo(second);
        Until.satisfied(() -> assertThat(delivery(conversation)).isEqualTo("delivered"));
    }

    @Test
    void namesTheConversationAndTheFullyReadMessagesInAReadReceipt() {
        ChatSocket phone = connected(alice);
        String direct = alice.directWith(bob);
        String toBob = phone.send(direct, "to you").path("id").asString();
        bob.read(direct);
        JsonNode receipt = phone.await("read_receipt", 1).get(0);
        assertThat(receipt.path("conversationId").asString()).isEqualTo(direct);
        assertThat(receipt.path("userId").asString()).isEqualTo(bob.id());
        assertThat(strings(receipt.path("updatedMessageIds"))).containsExactly(toBob);
        assertThat(strings(receipt.path("fullyReadMessageIds"))).containsExactly(toBob);

        String group = alice.groupWith(bob, carol);
        String toAll = phone.send(group, "to all").path("id").asString();
        bob.call("POST", CONVERSATIONS + group + "/read", Map.of("messageId", toAll));
        JsonNode half = phone.await("read_receipt", 2).get(1);
        assertThat(half.path("conversationId").asString()).isEqualTo(group);
        assertThat(strings(half.path("updatedMessageIds"))).containsExactly(toAll);
        assertThat(half.path("fullyReadMessageIds")).isEmpty();
        carol.read(group);
        JsonNode full = phone.await("read_receipt", 3).get(2);
        assertThat(strings(full.path("fullyReadMessageIds"))).containsExactly(toAll);
        Until.satisfied(() -> assertThat(delivery(group)).isEqualTo("read"));
    }

    @Test
    void bringsReceiptsAndChangesOfTheListToTheSenderAtOnce() {
        String conversation = alice.directWith(bob);
        ChatSocket phone = connected(alice);
        ChatSocket laptop = connected(alice);
        ChatSocket bobPhone = connected(bob);
        String message = phone.send(conversation, "seen?").path("id").asString();

        for (ChatSocket device : List.of(phone, laptop, bobPhone)) {
            Until.satisfied(() -> {
                JsonNode updated = last(device.await("conversation_updated", 1));
                assertThat(updated.path("conversationId").asString()).isEqualTo(conversation);
                assertThat(updated.path("lastMessage").path("id").asString()).isEqualTo(message);
                assertThat(updated.path("unreadCount").asLong()).isEqualTo(device == bobPhone ? 1 : 0);
            });
        }
        bobPhone.succeed("mark_read", Map.of("conversationId", conversation, "messageId", message));
        for (ChatSocket device : List.of(phone, laptop)) {
            assertThat(strings(device.await("read_receipt", 1).get(0).path("updatedMessageIds")))
                    .containsExactly(message);
        }
        assertThat(bobPhone.await("unread_count_changed", 1)
                        .get(0)
                        .path("unreadCount")
                        .asLong())
                .isZero();
    }

    @Test
    void listsTheLastMessageWithItsSenderAndDelivery() {
        String conversation = alice.directWith(bob);
        String message = alice.send(conversation, "the last").path("id").asString();
        for (ChatUser member : List.of(alice, bob)) {
            Until.satisfied(() -> {
                JsonNode last = member.listed(conversation).path("lastMessage");
                assertThat(last.path("id").asString()).isEqualTo(message);
                assertThat(last.path("senderId").asString()).isEqualTo(alice.id());
                assertThat(last.path("sender").path("displayName").asString()).isEqualTo("Alice");
                assertThat(last.path("deliveryStatus").asString()).isIn("sent", "delivered");
            });
        }
    }

    @Test
    void tellsEverybodyOfANewIcon() {
        String conversation = alice.groupWith(bob);
        ChatSocket phone = connected(alice);
        ChatSocket bobPhone = connected(bob);
        String fileId = ImageUpload.readyFile(alice);

        JsonNode changed = alice.call("PUT", CONVERSATIONS + conversation + "/icon", Map.of("fileId", fileId));

        assertThat(changed.path("iconUrl").asString()).contains(fileId);
        for (ChatSocket device : List.of(phone, bobPhone)) {
            Until.satisfied(() -> assertThat(
                            last(device.await("conversation_updated", 1)).path("iconUrl"))
                    .isEqualTo(changed.path("iconUrl")));
        }
        JsonNode renamed = alice.call("PATCH", CONVERSATIONS + conversation, Map.of("name", "Renamed"));
        assertThat(renamed.path("iconUrl")).isEqualTo(changed.path("iconUrl"));
        assertThat(alice.call(
                                "POST",
                                CONVERSATIONS + conversation + "/participants",
                                Map.of("userIds", List.of(carol.id())))
                        .path("iconUrl"))
                .isEqualTo(changed.path("iconUrl"));
        assertThat(alice.call("DELETE", CONVERSATIONS + conversation + "/icon", Map.of())
                        .has("iconUrl"))
                .isFalse();
    }

    @Test
    void tellsEverybodyOfANewAvatar() {
        String conversation = alice.directWith(bob);
        ChatSocket bobPhone = connected(bob);

        String avatarUrl = ImageUpload.send(alice, "PUT", "/api/v1/users/me/avatar")
                .path("avatarUrl")
                .asString();

        assertThat(avatarUrl).contains("/api/v1/storage/content/").contains("signature=");
        Until.satisfied(() -> assertThat(last(bobPhone.await("user_updated", 1))
                        .path("user")
                        .path("avatarUrl")
                        .asString())
                .isEqualTo(avatarUrl));
        assertThat(alice.get("/api/v1/users/me").path("avatarUrl").asString()).isEqualTo(avatarUrl);
        Until.satisfied(() -> assertThat(alice.send(conversation, "how do I look")
                        .path("sender")
                        .path("avatarUrl")
                        .asString())
                .isEqualTo(avatarUrl));
        assertThat(alice.api()
                        .post("/api/v1/users/me/avatar/sync", Map.of("url", "https://127.0.0.1/picture"))
                        .code())
                .isEqualTo("url.not-allowed");
    }

    @Test
    void saysOnceForAUserAndNotForEachRoomThatTheUserWentAndWhen() {
        alice.directWith(bob);
        alice.groupWith(bob);
        alice.groupWith(bob, carol);
        ChatSocket phone = connected(alice);
        ChatSocket bobPhone = connected(bob);
        ChatSocket bobLaptop = connected(bob);
        phone.await("user_online", 1);
        bobPhone.close();
        Instant closing = Instant.now();
        bobLaptop.close();

        JsonNode gone = phone.await("user_offline", 1).get(0);
        assertThat(gone.path("userId").asString()).isEqualTo(bob.id());
        Instant lastSeen = Instant.parse(gone.path("lastSeenAt").asString());
        // Not the end of the grace, which is five seconds.
        assertThat(lastSeen).isBetween(closing.minusSeconds(1), closing.plusMillis(4_900));
        Until.satisfied(() -> assertThat(alice.get("/api/v1/users/" + bob.id() + "/last-seen")
                        .path("lastSeenAt")
                        .asString())
                .isEqualTo(gone.path("lastSeenAt").asString()));
        ChatSocket again = connected(bob);
        phone.await("user_online", 2);
        again.close();
        phone.await("user_offline", 2);
        assertThat(phone.told("user_online")).hasSize(2);
        assertThat(phone.told("user_offline")).hasSize(2);
    }

    @Test
    void hasOneDirectConversationForAPairHoweverManyAskAtOnce() {
        List<Answer> answers = Flux.range(0, 20)
                .flatMap(
                        i -> i % 2 == 0
                                ? alice.api().posting("/api/v1/conversations/direct", Map.of("userId", bob.id()))
                                : bob.api().posting("/api/v1/conversations/direct", Map.of("userId", alice.id())),
                        20)
                .collectList()
                .block();
        assertThat(answers)
                .extracting(answer -> answer.body().path("id").asString())
                .allMatch(id -> !id.isEmpty());
        assertThat(answers.stream()
                        .map(answer -> answer.body().path("id").asString())
                        .distinct())
                .hasSize(1);
        assertThat(answers.get(0).body().path("conversationType").asString()).isEqualTo("direct");
        for (String group : List.of(alice.groupWith(bob), alice.groupWith(bob, carol))) {
            assertThat(alice.get(CONVERSATIONS + group).path("conversationType").asString())
                    .isEqualTo("group");
        }
    }

    @Test
    void showsARemovedMemberNothingThatCameLater() {
        String conversation = alice.groupWith(bob, carol);
        alice.send(conversation, "seen by bob");
        ChatSocket bobPhone = connected(bob);
        ChatSocket carolPhone = connected(carol);

        alice.call("DELETE", CONVERSATIONS + conversation + "/participants/" + bob.id(), Map.of());
        String secret = "secret" + Ids.next().substring(24);
        String later = alice.send(conversation, secret).path("id").asString();

        assertThat(carolPhone
                        .await("participant_left", 1)
                        .get(0)
                        .path("removedBy")
                        .asString())
                .isEqualTo(alice.id());
        Until.satisfied(() -> assertThat(carolPhone.told("new_message"))
                .anyMatch(told -> told.path("message").path("id").asString().equals(later)));
        String elsewhere = carol.directWith(bob);
        carol.send(elsewhere, "marker");
        Until.satisfied(() -> assertThat(bobPhone.told("new_message"))
                .anyMatch(told ->
                        told.path("message").path("conversationId").asString().equals(elsewhere)));
        assertThat(bobPhone.told().toString()).doesNotContain(secret);
        assertThat(bob.texts(conversation)).containsExactly("seen by bob");
        assertThat(bob.api().get("/api/v1/messages/" + later).status()).isEqualTo(404);
        assertThat(bob.get("/api/v1/messages/search?query=" + secret).path("data"))
                .isEmpty();
        Until.satisfied(() -> assertThat(
                        carol.get("/api/v1/messages/search?query=" + secret).path("data"))
                .hasSize(1));
        JsonNode listed = bob.listed(conversation);
        assertThat(listed.path("isActive").asBoolean(true)).isFalse();
        assertThat(listed.toString()).doesNotContain(secret);
        assertThat(listed.path("lastMessage").path("content").path("type").asString())
                .isEqualTo("system");
        assertThat(bob.api()
                        .post(CONVERSATIONS + conversation + "/messages", Map.of("text", "still here"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void showsANewMemberWhatComesFromThenOnUnlessTheGroupSaysOtherwise() {
        String closed = alice.groupWith(bob);
        alice.send(closed, "before");
        alice.call("POST", CONVERSATIONS + closed + "/participants", Map.of("userIds", List.of(carol.id())));
        alice.send(closed, "after");
        assertThat(carol.texts(closed)).containsExactly("after");

        String open = alice.groupWith(bob);
        alice.call("PATCH", CONVERSATIONS + open, Map.of("settings", Map.of("historyVisibleToNewMembers", true)));
        alice.send(open, "before");
        alice.call("POST", CONVERSATIONS + open + "/participants", Map.of("userIds", List.of(carol.id())));
        alice.send(open, "after");
        assertThat(carol.texts(open)).containsExactly("after", "before");
    }

    @Test
    void callsAStaleTokenUnauthorizedAndNeverForbidden() {
        String conversation = alice.directWith(bob);
        String tampered = alice.accessToken().substring(0, alice.accessToken().length() - 4) + "AAAA";
        for (String path : List.of(
                "/api/v1/conversations",
                CONVERSATIONS + conversation,
                CONVERSATIONS + conversation + "/messages",
                "/api/v1/users/me")) {
            assertThat(new ApiClient(baseUrl, tampered).get(path).status())
                    .as(path)
                    .isEqualTo(401);
        }
        JsonNode refusal = new ChatSocket(baseUrl, "/socket.io", tampered, "websocket").connectRefused();
        assertThat(refusal.path("data").path("code").asString()).isEqualTo("auth.invalid-token");
    }

    @Test
    void givesAClientThatWasAwayWhatItMissedOnceAndInOrder() {
        String conversation = alice.groupWith(bob);
        ChatSocket bobPhone = connected(bob);
        ChatSocket phone = connected(alice);
        phone.send(conversation, "m0");
        long known = last(bobPhone.await("new_message", 1))
                .path("message")
                .path("seq")
                .asLong();
        bobPhone.close();
        IntStream.rangeClosed(1, 30).forEach(i -> phone.send(conversation, "m" + i));

        ChatSocket back = connected(bob);
        JsonNode missed = back.succeed("get_missed", Map.of("conversationId", conversation, "afterSeq", known));

        assertThat(missed.path("messages")
                        .valueStream()
                        .map(message -> message.path("content").path("text").asString()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 30).mapToObj(i -> "m" + i).toList());
        assertThat(missed.path("hasMore").asBoolean(true)).isFalse();
    }

    @Test
    void storesARetriedMessageOnce() {
        String conversation = alice.directWith(bob);
        ChatSocket bobPhone = connected(bob);
        Map<String, String> message = Map.of("conversationId", conversation, "text", "once", "tempId", "t");
        String first = connected(alice)
                .succeed("send_message", message)
                .path("messageId")
                .asString();
        String again = connected(alice)
                .succeed("send_message", message)
                .path("messageId")
                .asString();
        String overRest = alice.call(
                        "POST", CONVERSATIONS + conversation + "/messages", Map.of("text", "once", "tempId", "t"))
                .path("id")
                .asString();
        alice.send(conversation, "marker");

        assertThat(List.of(again, overRest)).containsOnly(first);
        bobPhone.await("new_message", 2);
        assertThat(bobPhone.told("new_message")).hasSize(2);
        assertThat(bob.texts(conversation)).containsExactly("marker", "once");
    }

    @Test
    void namesTheSenderByThePlatformsIdEverywhere() {
        String conversation = alice.directWith(bob);
        ChatSocket bobPhone = connected(bob);
        JsonNode acked = connected(alice).send(conversation, "who?");
        JsonNode told = bobPhone.await("new_message", 1).get(0).path("message");
        JsonNode listed = bob.history(conversation).get(0);
        for (JsonNode message : List.of(
                acked,
                told,
                listed,
                bob.get("/api/v1/messages/" + acked.path("id").asString()))) {
            assertThat(message.path("senderId").asString()).isEqualTo(alice.id());
            assertThat(message.path("sender").path("id").asString()).isEqualTo(alice.id());
        }
    }

    @Test
    void saysInTheAnswerToASendWhenTheMessageWasCreatedAndSent() {
        JsonNode message = connected(alice).send(alice.directWith(bob), "when?");
        for (String field : List.of("createdAt", "sentAt")) {
            assertThat(Instant.parse(message.path(field).asString()))
                    .as(field)
                    .isCloseTo(
                            Instant.now(),
                            new org.assertj.core.data.TemporalUnitWithinOffset(
                                    30, java.time.temporal.ChronoUnit.SECONDS));
        }
    }

    @Test
    void letsADeviceThatKeepsReconnectingInAgain() {
        for (int i = 0; i < 40; i++) {
            connected(alice).close();
        }
        ChatSocket last = connected(alice);
        assertThat(last.send(alice.directWith(bob), "still here").path("id").asString())
                .isNotEmpty();
    }

    @Test
    void bringsBackADirectConversationThatWasDeletedWhenTheOtherWritesAgain() {
        String conversation = alice.directWith(bob);
        bob.send(conversation, "old");
        ChatSocket phone = connected(alice);
        ChatSocket laptop = connected(alice);

        alice.call("DELETE", CONVERSATIONS + conversation, Map.of());

        phone.await("conversation_deleted", 1);
        laptop.await("conversation_deleted", 1);
        assertThat(alice.listed(conversation).isMissingNode()).isTrue();
        assertThat(bob.listed(conversation).isMissingNode()).isFalse();
        bob.send(conversation, "new");
        for (ChatSocket device : List.of(phone, laptop)) {
            assertThat(device.await("conversation_created", 1).get(0).path("id").asString())
                    .isEqualTo(conversation);
            Until.satisfied(() -> assertThat(device.told("new_message")).hasSize(1));
        }
        assertThat(alice.texts(conversation)).containsExactly("new");
        assertThat(alice.listed(conversation).path("unreadCount").asLong()).isEqualTo(1);
        assertThat(bob.texts(conversation)).containsExactly("new", "old");
    }

    /** How far Alice's newest message has come, by the history and by the list. */
    private String delivery(String conversation) {
        String inHistory =
                alice.history(conversation).get(0).path("deliveryStatus").asString();
        String inList = alice.listed(conversation)
                .path("lastMessage")
                .path("deliveryStatus")
                .asString();
        return inHistory.equals(inList) ? inHistory : "history " + inHistory + ", list " + inList;
    }

    private static JsonNode last(List<JsonNode> bodies) {
        return bodies.get(bodies.size() - 1);
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
