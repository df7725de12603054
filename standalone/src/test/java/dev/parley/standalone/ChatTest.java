package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import dev.parley.standalone.api.ApiContract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** People chat through the gateway, over REST and sockets, with the clients that they would use. */
class ChatTest extends ThreeUsers {

    @Test
    void bringsAMessageToEveryDeviceOfEveryMemberAndToNobodyElse() {
        String conversation = alice.directWith(bob);
        ChatSocket alicePhone = connected(alice);
        ChatSocket aliceLaptop = connected(alice);
        ChatSocket bobPhone = connected(bob);
        ChatSocket bobLaptop = connected(bob, "polling");
        ChatSocket carolPhone = connected(carol);

        JsonNode ack =
                alicePhone.ask("send_message", Map.of("conversationId", conversation, "text", "hello", "tempId", "t1"));

        assertThat(ack.path("success").asBoolean()).as("%s", ack).isTrue();
        assertThat(ack.path("message").path("createdAt").asString()).isNotEmpty();
        assertThat(ack.path("message").path("sentAt").asString()).isNotEmpty();
        assertThat(alicePhone.await("message_ack", 1).get(0).path("messageId")).isEqualTo(ack.path("messageId"));
        for (ChatSocket device : List.of(alicePhone, aliceLaptop)) {
            JsonNode told = device.await("new_message", 1).get(0);
            assertThat(told.path("tempId").asString()).isEqualTo("t1");
            assertThat(told.path("message")).isEqualTo(ack.path("message"));
        }
        JsonNode stored = bob.history(conversation).get(0);
        for (ChatSocket device : List.of(bobPhone, bobLaptop)) {
            JsonNode told = device.await("new_message", 1).get(0);
            assertThat(withoutDelivery(told.path("message"))).isEqualTo(withoutDelivery(stored));
            assertThat(told.has("tempId")).isFalse();
            assertThat(told.path("message").has("tempId")).isFalse();
            assertThat(told.path("senderName").asString()).isEqualTo("Alice");
        }
        String unrelated = carol.directWith(bob);
        carolPhone.ask("send_message", Map.of("conversationId", unrelated, "text", "marker", "tempId", "m"));
        assertThat(carolPhone.await("new_message", 1))
                .extracting(told -> told.path("message").path("conversationId").asString())
                .containsOnly(unrelated);
    }

    @Test
    void bringsEveryMessageOnceAndInOrderHoweverTheyAreSent() {
        String conversation = alice.groupWith(bob, carol);
        ChatSocket alicePhone = connected(alice);
        ChatSocket bobPhone = connected(bob);
        ChatSocket carolPhone = connected(carol);
        int each = 60;
        Map<String, CompletableFuture<JsonNode>> acks = new LinkedHashMap<>();
        IntStream.range(0, each).forEach(i -> {
            acks.put("a" + i, alicePhone.asking("send_message", message(conversation, "a" + i)));
            acks.put("b" + i, bobPhone.asking("send_message", message(conversation, "b" + i)));
        });
        List<String> atOnce = new ArrayList<>();
        acks.forEach((text, ack) -> {
            if (ack.join().path("success").asBoolean()) {
                atOnce.add(text);
            } else {
                sendAgain(text.startsWith("a") ? alicePhone : bobPhone, message(conversation, text), ack.join());
            }
        });
        assertThat(atOnce).isNotEmpty();

        for (ChatSocket device : List.of(alicePhone, bobPhone, carolPhone)) {
            List<JsonNode> told = device.await("new_message", 2 * each);
            assertThat(told.stream().map(one -> one.path("message").path("seq").asLong()))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 2 * each).boxed().toList());
            List<String> texts = told.stream()
                    .map(one -> one.path("message").path("content").path("text").asString())
                    .toList();
            assertThat(texts).containsExactlyInAnyOrderElementsOf(acks.keySet());
            for (String sender : List.of("a", "b")) {
                assertThat(texts.stream()
                                .filter(text -> text.startsWith(sender))
                                .filter(atOnce::contains))
                        .containsExactlyElementsOf(atOnce.stream()
                                .filter(text -> text.startsWith(sender))
                                .toList());
            }
        }
    }

    /** What a busy platform could not do in time, a client sends again. */
    private static void sendAgain(ChatSocket phone, Map<String, String> message, JsonNode refusal) {
        assertThat(refusal.path("code").asString()).as(refusal.toString()).isIn(ChatSocket.TOO_BUSY);
        Until.satisfied(() -> assertThat(
                        phone.ask("send_message", message).path("success").asBoolean())
                .isTrue());
    }

    @Test
    void sendsOnceWhenTheClientRetries() {
        String conversation = alice.directWith(bob);
        ChatSocket bobPhone = connected(bob);
        ChatSocket alicePhone = connected(alice);
        Map<String, String> message = message(conversation, "once");

        JsonNode first = alicePhone.ask("send_message", message);
        JsonNode second = alicePhone.ask("send_message", message);
        alicePhone.ask("send_message", message(conversation, "last"));

        assertThat(second).isEqualTo(first);
        assertThat(bobPhone.await("new_message", 2))
                .extracting(told ->
                        told.path("message").path("content").path("text").asString())
                .containsExactly("once", "last");
    }

    @Test
    void tellsConnectedUsersOfANewConversationAndOfItsMessages() {
        ChatSocket bobPhone = connected(bob);
        ChatSocket alicePhone = connected(alice);

        String conversation = alice.groupWith(bob);

        assertThat(bobPhone.await("conversation_created", 1).get(0).path("id").asString())
                .isEqualTo(conversation);
        ObjectNode ofAlice =
                alicePhone.await("conversation_created", 1).get(0).deepCopy().asObject();
        assertThat(ofAlice.path("role").asString()).isEqualTo("admin");
        assertThat(ofAlice.put("role", "member"))
                .isEqualTo(bobPhone.told("conversation_created").get(0));
        alicePhone.ask("send_message", message(conversation, "welcome"));
        assertThat(bobPhone.await("new_message", 1)
                        .get(0)
                        .path("message")
                        .path("conversationId")
                        .asString())
                .isEqualTo(conversation);
    }

    @Test
    void showsWhoIsTypingToTheOthersOnly() {
        String conversation = alice.directWith(bob);
        ChatSocket alicePhone = connected(alice);
        ChatSocket aliceLaptop = connected(alice);
        ChatSocket bobPhone = connected(bob);

        assertThat(alicePhone
                        .ask("typing", Map.of("conversationId", conversation, "isTyping", true))
                        .path("success")
                        .asBoolean())
                .isTrue();
        JsonNode typing = bobPhone.await("typing_indicator", 1).get(0);
        assertThat(typing.path("userId").asString()).isEqualTo(alice.id());
        assertThat(typing.path("displayName").asString()).isEqualTo("Alice");
        assertThat(typing.path("isTyping").asBoolean()).isTrue();

        alicePhone.close();
        assertThat(bobPhone.await("typing_indicator", 2).get(1).path("isTyping").asBoolean())
                .isFalse();
        assertThat(aliceLaptop.told("typing_indicator")).isEmpty();
    }

    @Test
    void typingEndsWithTheMessageHoweverItIsSentAndWithTheMembership() {
        String conversation = alice.groupWith(bob);
        ChatSocket alicePhone = connected(alice);
        ChatSocket bobPhone = connected(bob);
        Map<String, ?> typing = Map.of("conversationId", conversation, "isTyping", true);

        bobPhone.succeed("typing", typing);
        alicePhone.await("typing_indicator", 1);
        bobPhone.send(conversation, "over the socket");
        alicePhone.await("typing_indicator", 2);
        bobPhone.succeed("typing", typing);
        alicePhone.await("typing_indicator", 3);
        bob.send(conversation, "by REST");
        alicePhone.await("typing_indicator", 4);
        bobPhone.succeed("typing", typing);
        alicePhone.await("typing_indicator", 5);
        alice.call("DELETE", "/api/v1/conversations/" + conversation + "/participants/" + bob.id(), null);

        assertThat(alicePhone.await("typing_indicator", 6))
                .extracting(told -> told.path("isTyping").asBoolean())
                .containsExactly(true, false, true, false, true, false);
    }

    @Test
    void theMessageThatBringsBackAConversationComesAfterIt() {
        String conversation = alice.directWith(bob);
        ChatSocket alicePhone = connected(alice);
        ChatSocket bobPhone = connected(bob);
        alicePhone.send(conversation, "first");
        bobPhone.await("new_message", 1);
        int rounds = 10;
        for (int round = 1; round <= rounds; round++) {
            bob.call("DELETE", "/api/v1/conversations/" + conversation, null);
            bobPhone.await("conversation_deleted", round);

            alicePhone.send(conversation, "round " + round);
            alicePhone.send(conversation, "round " + round + " again");

            bobPhone.await("new_message", 1 + 2 * round);
        }

        assertThat(bobPhone.told().stream()
                        .map(ChatSocket.Told::event)
                        .filter(List.of("conversation_deleted", "conversation_created", "new_message")::contains)
                        .dropWhile(event -> !event.equals("conversation_deleted")))
                .containsExactlyElementsOf(Stream.generate(() ->
                                Stream.of("conversation_deleted", "conversation_created", "new_message", "new_message"))
                        .limit(rounds)
                        .flatMap(round -> round)
                        .toList());
    }

    @Test
    void stopsListeningAndListensAgain() {
        String conversation = alice.directWith(bob);
        String marker = alice.groupWith(bob);
        ChatSocket alicePhone = connected(alice);
        ChatSocket bobPhone = connected(bob);

        assertThat(bobPhone.ask("leave_room", Map.of("conversationId", conversation))
                        .path("success")
                        .asBoolean())
                .isTrue();
        alicePhone.ask("send_message", message(conversation, "unheard"));
        alicePhone.ask("send_message", message(marker, "heard"));
        bobPhone.await("new_message", 1);
        assertThat(bobPhone.ask("join_room", Map.of("conversationId", conversation))
                        .path("success")
                        .asBoolean())
                .isTrue();
        alicePhone.ask("send_message", message(conversation, "heard again"));

        assertThat(bobPhone.await("new_message", 2))
                .extracting(told ->
                        told.path("message").path("content").path("text").asString())
                .containsExactly("heard", "heard again");
    }

    @Test
    void answersEveryEmitAlsoWhenItFails() {
        String foreign = bob.directWith(carol);
        ChatSocket alicePhone = connected(alice);

        JsonNode forbidden = alicePhone.ask("send_message", message(foreign, "let me in"));
        assertThat(forbidden.path("success").asBoolean(true)).isFalse();
        assertThat(forbidden.path("code").asString()).isEqualTo("conversation.not-a-member");
        assertThat(alicePhone
                        .ask("send_message", Map.of("text", "where?"))
                        .path("errors")
                        .get(0)
                        .path("field")
                        .asString())
                .isEqualTo("conversationId");
        assertThat(alicePhone
                        .ask("send_message", Map.of("conversationId", alice.directWith(bob)))
                        .path("code")
                        .asString())
                .isEqualTo("message.empty");
        assertThat(alicePhone
                        .ask("typing", Map.of("conversationId", foreign, "isTyping", true))
                        .path("code")
                        .asString())
                .isEqualTo("conversation.not-a-member");
        assertThat(alicePhone
                        .ask("join_room", Map.of("conversationId", foreign))
                        .path("code")
                        .asString())
                .isEqualTo("conversation.not-a-member");
        assertThat(alicePhone.ask("no_such_event", Map.of()).path("code").asString())
                .isEqualTo("socket.unknown-event");
        assertThat(bob.history(foreign)).isEmpty();
    }

    @Test
    void letsNobodyInWithoutAGoodToken() {
        JsonNode refused = new ChatSocket(baseUrl, "/socket.io", "nonsense", "websocket").connectRefused();

        assertThat(refused.path("data").path("code").asString()).isEqualTo("auth.invalid-token");
        assertThat(refused.path("message").asString()).isNotEmpty();
    }

    @Test
    void worksUnderAPathPrefixAndUpgradesFromPolling() {
        String conversation = alice.directWith(bob);
        ChatSocket alicePhone = keep(alice.connect("/chat-api/socket.io", "polling", "websocket"));
        ChatSocket bobPhone = keep(bob.connect("/chat-api/socket.io", "polling"));

        alicePhone.ask("send_message", message(conversation, "through the prefix"));

        assertThat(bobPhone.await("new_message", 1)).hasSize(1);
    }

    @Test
    void keepsTenantsApart() {
        ChatUser eve = ChatUser.register(baseUrl, "Eve", "evil-" + Ids.next());
        String conversation = alice.directWith(bob);

        assertThat(eve.api().get("/api/v1/conversations/" + conversation).status())
                .isEqualTo(404);
        assertThat(eve.api()
                        .get("/api/v1/conversations/" + conversation + "/messages")
                        .status())
                .isEqualTo(404);
        assertThat(eve.api().get("/api/v1/users/" + alice.id()).status()).isEqualTo(404);
        assertThat(eve.api()
                        .post("/api/v1/conversations/direct", Map.of("userId", alice.id()))
                        .status())
                .isEqualTo(400);
        assertThat(eve.api()
                        .with("X-Tenant-ID", "default")
                        .get("/api/v1/conversations")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void hidesWhatIsNotForClients() {
        String conversation = alice.directWith(bob);

        assertThat(alice.api().get("/internal/memberships").status()).isEqualTo(404);
        assertThat(alice.api()
                        .get("/internal/conversations/" + conversation + "/access")
                        .status())
                .isEqualTo(404);
        assertThat(alice.api()
                        .post("/internal/platform/users/lookup", Map.of("ids", List.of(bob.id())))
                        .status())
                .isEqualTo(404);
        assertThat(ApiContract.client(baseUrl, "nonsense")
                        .get("/api/v1/conversations")
                        .code())
                .isEqualTo("auth.invalid-token");
        Answer refreshed = ApiContract.client(baseUrl, "none")
                .post("/api/v1/auth/refresh", Map.of("refreshToken", alice.refreshToken()));
        assertThat(refreshed.status()).as("%s", refreshed.body()).isEqualTo(200);
        assertThat(ApiContract.client(
                                baseUrl, refreshed.body().path("accessToken").asString())
                        .get("/api/v1/users/me")
                        .body()
                        .path("id")
                        .asString())
                .isEqualTo(alice.id());
    }

    private static Map<String, String> message(String conversationId, String text) {
        return Map.of("conversationId", conversationId, "text", text, "tempId", text);
    }

    private ChatSocket connected(ChatUser user, String transport) {
        return keep(user.connect("/socket.io", transport));
    }

    /** How far it has come is another matter a moment later. */
    private static JsonNode withoutDelivery(JsonNode message) {
        return ((ObjectNode) message.deepCopy()).without("deliveryStatus");
    }
}
