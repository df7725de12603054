package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.UserChanged;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.Until;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What clients ask for: each is answered, whether it succeeds or fails. */
class CommandTest extends ChatServiceTest {

    @Autowired
    private ChatCommands commands;

    @ParameterizedTest
    @CsvSource({
        "update_message, PATCH, /api/v1/messages/%s",
        "delete_message, DELETE, /api/v1/messages/%s",
        "delete_message_for_me, DELETE, /api/v1/messages/%s/me",
        "add_reaction, POST, /api/v1/messages/%s/reactions",
        "remove_reaction, DELETE, /api/v1/messages/%s/reactions/%%2B1",
        "pin_message, POST, /api/v1/messages/%s/pin",
        "unpin_message, DELETE, /api/v1/messages/%s/pin",
    })
    void runsMessageCommandsOnBehalfOfTheClient(String event, String method, String path) {
        Device phone = connect(alice);
        String messageId = "m-" + Ids.next();

        JsonNode ack = phone.succeed(event, Map.of("messageId", messageId, "emoji", "+1", "text", "new"));

        StubServices.Call call = SERVICES.callsOf(messageId).get(0);
        assertThat(call.method()).isEqualTo(method);
        assertThat(call.uri()).isEqualTo(path.formatted(messageId));
        assertThat(call.user()).isEqualTo(alice);
        if (event.equals("update_message")) {
            assertThat(call.body().path("text").asString()).isEqualTo("new");
        }
        if (event.equals("add_reaction")) {
            assertThat(call.body().path("emoji").asString()).isEqualTo("+1");
        }
        assertThat(ack.has("message")).isEqualTo(!event.equals("delete_message_for_me"));

        assertThat(phone.fail(event, Map.of("messageId", StubServices.FOREIGN, "emoji", "+1", "text", "new")))
                .isEqualTo("conversation.not-a-member");
        JsonNode nameless = phone.ask(event, Map.of("emoji", "+1"));
        assertThat(nameless.path("code").asString()).isEqualTo("request.invalid");
        assertThat(nameless.path("errors").get(0).path("field").asString()).isEqualTo("messageId");
    }

    @ParameterizedTest
    @CsvSource({
        "clear_chat, DELETE, /api/v1/conversations/%s/messages",
        "mark_read, POST, /api/v1/conversations/%s/read",
    })
    void runsConversationCommandsOnBehalfOfTheClient(String event, String method, String path) {
        Device phone = connect(alice);

        phone.succeed(event, Map.of("conversationId", conversation, "messageId", "m7"));

        StubServices.Call call = SERVICES.callsOf(conversation).get(0);
        assertThat(call.method()).isEqualTo(method);
        assertThat(call.uri()).isEqualTo(path.formatted(conversation));
        assertThat(call.user()).isEqualTo(alice);
        if (event.equals("mark_read")) {
            assertThat(call.body().path("messageId").asString()).isEqualTo("m7");
        }
        assertThat(phone.fail(event, Map.of("conversationId", StubServices.FOREIGN)))
                .isEqualTo("conversation.not-a-member");
        assertThat(phone.fail(event, Map.of())).isEqualTo("request.invalid");
        assertThat(phone.fail(event, "no object")).isEqualTo("request.malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👍",
                "👍🏽",
                "❤️",
                "❤",
                "#️⃣",
                "*️⃣",
                "0⃣",
                "🇩🇪",
                "🏳️‍🌈",
                "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "👩🏻‍❤️‍💋‍👨🏿"
            })
    void addsAndRemovesAReactionOfAnyEmoji(String emoji) {
        Device phone = connect(alice);
        String messageId = "m-" + Ids.next();
        Map<String, ?> reaction = Map.of("messageId", messageId, "emoji", emoji);

        phone.succeed("add_reaction", reaction);
        phone.succeed("remove_reaction", reaction);

        assertThat(SERVICES.callsOf(messageId).get(0).body().path("emoji").asString())
                .isEqualTo(emoji);
        assertThat(URI.create(SERVICES.callsOf(messageId).get(1).uri()).getPath())
                .isEqualTo("/api/v1/messages/" + messageId + "/reactions/" + emoji);
    }

    @Test
    void reportsEveryWrongFieldAndNotOnlyTheId() {
        Device phone = connect(alice);

        assertThat(wrong(phone, "add_reaction", Map.of("messageId", 7))).containsExactly("messageId", "emoji");
        assertThat(wrong(phone, "send_message", Map.of("conversationId", 7, "text", Map.of())))
                .containsExactly("conversationId", "text");
        assertThat(wrong(phone, "add_reaction", Map.of("messageId", 7, "emoji", "+1")))
                .containsExactly("messageId");
        assertThat(wrong(phone, "remove_reaction", Map.of())).containsExactly("messageId", "emoji");
    }

    @Test
    void doesNotCallTheServiceForAGivenMessageIfAnotherFieldIsWrong() {
        Device phone = connect(alice);
        String messageId = "m-" + Ids.next();

        assertThat(wrong(phone, "remove_reaction", Map.of("messageId", messageId, "emoji", 7)))
                .containsExactly("emoji");
        assertThat(SERVICES.callsOf(messageId)).isEmpty();
    }

    private static List<String> wrong(Device device, String event, Map<String, ?> argument) {
        JsonNode ack = device.ask(event, argument);
        assertThat(ack.path("code").asString()).as("%s", ack).isEqualTo("request.invalid");
        return ack.path("errors")
                .valueStream()
                .map(error -> error.path("field").asString())
                .toList();
    }

    @Test
    void sendsOverRestToAnOlderMessageService() {
        Device phone = connect(alice);
        SERVICES.older = true;
        try {
            JsonNode ack =
                    phone.succeed("send_message", Map.of("conversationId", conversation, "text", "hi", "tempId", "t1"));

            assertThat(ack.path("messageId").asString()).isEqualTo("m1");
            assertThat(phone.awaitOne("message_ack").path("messageId").asString())
                    .isEqualTo("m1");
            assertThat(phone.fail("send_message", Map.of("conversationId", StubServices.FOREIGN, "tempId", "t2")))
                    .isEqualTo("conversation.not-a-member");
        } finally {
            SERVICES.older = false;
        }
    }

    @Test
    void acknowledgesASentMessageAndSendsTheSocketAMessageAck() {
        Device phone = connect(alice);

        JsonNode ack =
                phone.succeed("send_message", Map.of("conversationId", conversation, "text", "hi", "tempId", "t1"));

        assertThat(ack.path("messageId").asString()).isEqualTo("m1");
        assertThat(ack.path("message").path("createdAt").asString()).isNotEmpty();
        assertThat(ack.path("message").path("sentAt").asString()).isNotEmpty();
        JsonNode named = phone.awaitOne("message_ack");
        assertThat(named.path("tempId").asString()).isEqualTo("t1");
        assertThat(named.path("messageId").asString()).isEqualTo("m1");
        assertThat(named.path("status").asString()).isEqualTo("sent");
        StubServices.Call call = SERVICES.callsOf(conversation).get(0);
        assertThat(call.uri()).isEqualTo("/internal/conversations/" + conversation + "/messages");
        assertThat(call.body().path("tempId").asString()).isEqualTo("t1");
        assertThat(phone.fail("send_message", Map.of("conversationId", StubServices.FOREIGN, "tempId", "t2")))
                .isEqualTo("conversation.not-a-member");
        assertThat(phone.told("message_ack")).hasSize(1);
    }

    @Test
    void returnsMissedMessagesOldestFirst() {
        Device phone = connect(alice);

        JsonNode missed = phone.succeed("get_missed", Map.of("conversationId", conversation, "afterSeq", 6));

        assertThat(missed.path("messages").valueStream().map(message -> message.path("seq")
                        .asInt()))
                .containsExactly(7, 8, 9);
        assertThat(missed.path("hasMore").asBoolean()).isTrue();
        assertThat(SERVICES.callsOf(conversation).get(0).uri())
                .isEqualTo("/api/v1/conversations/" + conversation + "/messages?direction=after&afterSeq=6&limit=100");
        phone.succeed("get_missed", Map.of("conversationId", conversation, "afterSeq", 0, "limit", 5));
        assertThat(SERVICES.callsOf(conversation + "/messages?direction").get(1).uri())
                .endsWith("limit=5");
        assertThat(phone.fail("get_missed", Map.of("conversationId", StubServices.FOREIGN, "afterSeq", 1)))
                .isEqualTo("conversation.not-a-member");
        assertThat(phone.ask("get_missed", Map.of("conversationId", conversation, "limit", 101))
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .containsExactly("afterSeq", "limit");
    }

    @Test
    void returnsFewerLongMessagesSoThatAGatewayPassesThemOn() {
        Device phone = connect(alice);

        JsonNode missed = phone.succeed("get_missed", Map.of("conversationId", conversation + "-long", "afterSeq", 6));

        // Of twenty.
        assertThat(missed.path("messages").valueStream().map(message -> message.path("seq")
                        .asInt()))
                .containsExactly(7, 8, 9, 10, 11, 12, 13, 14);
        assertThat(missed.path("hasMore").asBoolean()).isTrue();
    }

    @Test
    void returnsWhichOfTheGivenUsersOfTheTenantAreOnline() {
        Device phone = connect(alice);
        connect(bob);
        devices.add(Device.of(port, "stranger-" + alice, "other", "websocket"));
        List<String> named = List.of(carol, "stranger-" + alice, bob, alice);

        JsonNode bare = phone.ask("get_online_users", new JSONArray(named));
        JsonNode wrapped = phone.ask("get_online_users", Map.of("userIds", named));

        assertThat(bare.valueStream().map(JsonNode::asString)).containsExactly(bob, alice);
        assertThat(wrapped).isEqualTo(bare);
        assertThat(phone.fail("get_online_users", Map.of("userIds", "bob"))).isEqualTo("request.invalid");
        assertThat(phone.fail("get_online_users", "bob")).isEqualTo("request.malformed");
    }

    @Test
    void showsMembersWhoIsTypingUntilItExpires() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device carolPhone = connect(carol);
        Map<String, ?> named = Map.of("conversationId", conversation);

        alicePhone.succeed("typing", Map.of("conversationId", conversation, "isTyping", true));

        assertThat(bobPhone.awaitOne("typing_indicator").path("userId").asString())
                .isEqualTo(alice);
        JsonNode typing = bobPhone.ask("get_typing_users", named);
        assertThat(typing).hasSize(1);
        assertThat(typing.get(0).path("userId").asString()).isEqualTo(alice);
        assertThat(typing.get(0).path("displayName").asString()).isEqualTo("Name of " + alice);
        Until.satisfied(
                () -> assertThat(bobPhone.ask("get_typing_users", named)).isEmpty());
        assertThat(bobPhone.await("typing_indicator", 2))
                .extracting(told -> told.path("isTyping").asBoolean())
                .containsExactly(true, false);
        assertThat(alicePhone.told("typing_indicator")).isEmpty();
        assertThat(carolPhone.fail("get_typing_users", named)).isEqualTo("conversation.not-a-member");
        assertThat(carolPhone.fail("typing", Map.of("conversationId", conversation, "isTyping", true)))
                .isEqualTo("conversation.not-a-member");
    }

    @Test
    void showsTypingUsersByTheirCurrentNames() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        TestUsers.rename(alice, "Renamed");

        alicePhone.succeed("typing", Map.of("conversationId", conversation, "isTyping", true));
        assertThat(bobPhone.awaitOne("typing_indicator").path("displayName").asString())
                .isEqualTo("Renamed");
        publish(new UserChanged(alice, TENANT, alice, "Renamed again", null, null, null, null, true, null));

        Until.satisfied(() -> {
            alicePhone.succeed("typing", Map.of("conversationId", conversation, "isTyping", true));
            assertThat(bobPhone.ask("get_typing_users", conversation).findValuesAsString("displayName"))
                    .containsExactly("Renamed again");
        });
        alicePhone.succeed("typing", Map.of("conversationId", conversation, "isTyping", false));
        Until.satisfied(
                () -> assertThat(bobPhone.told("typing_indicator")).last().satisfies(last -> {
                    assertThat(last.path("isTyping").asBoolean(true)).isFalse();
                    assertThat(last.path("displayName").asString()).isEqualTo("Renamed again");
                }));
    }

    @Test
    void forgetsUsersWhoStoppedTyping() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        alicePhone.succeed("typing", Map.of("conversationId", conversation, "isTyping", true));
        alicePhone.succeed("typing", Map.of("conversationId", conversation, "isTyping", false));

        assertThat(bobPhone.await("typing_indicator", 2).get(1).path("isTyping").asBoolean(true))
                .isFalse();
        assertThat(bobPhone.ask("get_typing_users", conversation)).isEmpty();
    }

    @Test
    void takesNoBinaryDataInAnyEvent() throws Exception {
        Device phone = connect(alice);

        for (String event : commands.names()) {
            JSONObject argument = new JSONObject(Map.of("messageId", "m1", "emoji", "+1", "afterSeq", 1))
                    .put("conversationId", conversation)
                    .put("text", new byte[] {1, 2, 3});
            assertThat(phone.fail(event, argument)).as(event).isEqualTo("request.malformed");
            assertThat(phone.fail(event, new byte[1_000])).as(event).isEqualTo("request.malformed");
        }
        assertThat(SERVICES.callsOf(conversation)).isEmpty();
    }

    @Test
    void letsOnlyMembersListen() {
        Device bobPhone = connect(bob);
        Device carolPhone = connect(carol);
        SERVICES.member(conversation, carol, false, 0);

        assertThat(carolPhone.fail("join_room", conversation)).isEqualTo("conversation.not-a-member");
        assertThat(carolPhone.fail("join_room", Map.of("conversationId", "unknown")))
                .isEqualTo("conversation.not-a-member");
        bobPhone.succeed("leave_room", conversation);
        publish(text(alice, 1));
        settle(bobPhone, carolPhone);
        bobPhone.succeed("join_room", Map.of("conversationId", conversation));
        publish(text(alice, 2));

        assertThat(bobPhone.awaitOne("new_message").path("message").path("seq").asInt())
                .isEqualTo(2);
        settle(carolPhone);
        assertThat(carolPhone.told("new_message")).isEmpty();
        bobPhone.succeed("leave_room", Map.of("conversationId", conversation, "keepListening", true));
        publish(text(alice, 3));
        bobPhone.await("new_message", 2);
        assertThat(bobPhone.fail("leave_room", Map.of("conversationId", conversation, "keepListening", "yes")))
                .isEqualTo("request.invalid");
        assertThat(bobPhone.fail("leave_room", Map.of())).isEqualTo("request.invalid");
        assertThat(bobPhone.fail("no_such_event", Map.of())).isEqualTo("socket.unknown-event");
    }
}
