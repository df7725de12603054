package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people do with messages that are there: over sockets, heard by every device of every member. */
class MessageOperationsTest {

    private final String baseUrl = RunningPlatform.baseUrl();
    private ChatUser alice;
    private ChatUser bob;
    private ChatUser carol;
    private String conversation;
    private ChatSocket alicePhone;
    private ChatSocket aliceLaptop;
    private ChatSocket bobPhone;
    private ChatSocket carolPhone;

    @BeforeEach
    void aliceAndBobInAGroupAndCarolOutside() {
        alice = ChatUser.register(baseUrl, "Alice");
        bob = ChatUser.register(baseUrl, "Bob");
        carol = ChatUser.register(baseUrl, "Carol");
        conversation = alice.groupWith(bob);
        alicePhone = alice.connect();
        aliceLaptop = alice.connect();
        bobPhone = bob.connect();
        carolPhone = carol.connect();
    }

    @AfterEach
    void disconnect() {
        ChatSocket.closeAll(alicePhone, aliceLaptop, bobPhone, carolPhone);
    }

    @Test
    void tellsEveryMemberOfAnEdit() {
        String message = send(alicePhone, "helo");
        // That it is delivered changes what is stored too.
        Until.satisfied(
                () -> assertThat(get(alice, message).path("deliveryStatus").asString())
                        .isEqualTo("delivered"));

        JsonNode ack = succeeded(alicePhone.ask("update_message", Map.of("messageId", message, "text", "hello")));

        JsonNode stored = get(alice, message);
        assertThat(ack.path("message")).isEqualTo(stored);
        Until.satisfied(
                () -> assertThat(lastMessage(bob).path("content").path("text").asString())
                        .isEqualTo("hello"));
        for (JsonNode told : toldToMembersOnly("message_updated")) {
            assertThat(told.path("messageId").asString()).isEqualTo(message);
            assertThat(told.path("conversationId").asString()).isEqualTo(conversation);
            assertThat(told.path("text").asString()).isEqualTo("hello");
            assertThat(told.path("editedAt")).isEqualTo(stored.path("editedAt"));
        }
        refuses("update_message", Map.of("messageId", message, "text", "mine now"), "message.not-the-sender");
    }

    @Test
    void tellsEveryMemberOfADeletion() {
        String message = send(alicePhone, "gone");
        refuses("delete_message", Map.of("messageId", message), "message.not-the-sender");

        succeeded(alicePhone.ask("delete_message", Map.of("messageId", message)));

        for (JsonNode told : toldToMembersOnly("message_deleted")) {
            assertThat(told.path("messageId").asString()).isEqualTo(message);
            assertThat(told.path("conversationId").asString()).isEqualTo(conversation);
        }
        assertThat(get(bob, message).path("status").asString()).isEqualTo("deleted");
    }

    @Test
    void turnsTheLastMessageOfTheListIntoATombstoneAlsoByAnAdmin() {
        String message = send(bobPhone, "not here");

        succeeded(alicePhone.ask("delete_message", Map.of("messageId", message)));

        Until.satisfied(() -> {
            JsonNode last = lastMessage(bob);
            assertThat(last.path("id").asString()).isEqualTo(message);
            assertThat(last.path("status").asString()).isEqualTo("deleted");
            assertThat(last.path("content").has("text")).isFalse();
        });
    }

    @Test
    void tellsEveryMemberOfReactions() {
        String message = send(alicePhone, "news");
        Map<String, String> reaction = Map.of("messageId", message, "emoji", "\uD83D\uDC4D");

        JsonNode added = succeeded(bobPhone.ask("add_reaction", reaction));

        for (JsonNode told : toldToMembersOnly("reaction_updated")) {
            assertThat(told.path("messageId").asString()).isEqualTo(message);
            assertThat(told.path("conversationId").asString()).isEqualTo(conversation);
            assertThat(told.path("reactions")).isEqualTo(added.path("message").path("reactions"));
            assertThat(told.path("reactions").get(0).path("userIds").get(0).asString())
                    .isEqualTo(bob.id());
        }
        assertThat(succeeded(bobPhone.ask("remove_reaction", reaction))
                        .path("message")
                        .path("reactions"))
                .isEmpty();
        assertThat(alicePhone.await("reaction_updated", 2).get(1).path("reactions"))
                .isEmpty();
        refusesOutsiders("add_reaction", reaction);
        refusesOutsiders("remove_reaction", reaction);
    }

    @Test
    void addsAndRemovesAReactionOfAnyEmojiByRestAndSocketInEitherStyle() {
        String message = send(alicePhone, "news");
        String path = "/api/v1/messages/" + message + "/reactions";
        for (String emoji : List.of("❤️", "#️⃣", "*️⃣", "🇩🇪", "🏳️‍🌈", "👍🏽", "👩🏻‍❤️‍💋‍👨🏿")) {
            String plain = emoji.replace("\uFE0F", "");
            succeeded(bobPhone.ask("add_reaction", Map.of("messageId", message, "emoji", emoji)));
            JsonNode both = alice.call("POST", path, Map.of("emoji", plain)).path("reactions");
            assertThat(both).as(emoji).hasSize(1);
            assertThat(both.get(0).path("count").asInt()).isEqualTo(2);

            succeeded(bobPhone.ask("remove_reaction", Map.of("messageId", message, "emoji", plain)));
            Answer removed = alice.api()
                    .callAsIs("DELETE", path + "/" + URLEncoder.encode(emoji, StandardCharsets.UTF_8), Map.of());
            assertThat(removed.status()).isEqualTo(200);
            assertThat(removed.body().path("reactions")).isEmpty();
        }
    }

    @Test
    void tellsEveryMemberOfPins() {
        String message = send(alicePhone, "read this");
        Map<String, String> named = Map.of("messageId", message);

        JsonNode pinned = succeeded(bobPhone.ask("pin_message", named)).path("message");

        for (JsonNode told : toldToMembersOnly("message_pin_updated")) {
            assertThat(told.path("messageId").asString()).isEqualTo(message);
            assertThat(told.path("conversationId").asString()).isEqualTo(conversation);
            assertThat(told.path("isPinned").asBoolean()).isTrue();
            assertThat(told.path("pinnedBy").asString()).isEqualTo(bob.id());
            assertThat(told.path("pinnedAt")).isEqualTo(pinned.path("pinnedAt"));
        }
        succeeded(alicePhone.ask("unpin_message", named));
        assertThat(bobPhone.await("message_pin_updated", 2)
                        .get(1)
                        .path("isPinned")
                        .asBoolean(true))
                .isFalse();
        refusesOutsiders("pin_message", named);
        refusesOutsiders("unpin_message", named);
    }

    private static JsonNode succeeded(JsonNode ack) {
        assertThat(ack.path("success").asBoolean()).as("%s", ack).isTrue();
        return ack;
    }

    private String send(ChatSocket device, String text) {
        JsonNode ack = device.ask("send_message", Map.of("conversationId", conversation, "text", text, "tempId", text));
        return succeeded(ack).path("messageId").asString();
    }

    private static JsonNode get(ChatUser user, String messageId) {
        return user.api().get("/api/v1/messages/" + messageId).body();
    }

    private JsonNode lastMessage(ChatUser user) {
        return user.api().get("/api/v1/conversations/" + conversation).body().path("lastMessage");
    }

    /** What the members' devices were told: each the same, once. A later message shows that nobody was told more. */
    private List<JsonNode> toldToMembersOnly(String event) {
        List<ChatSocket> devices = List.of(alicePhone, aliceLaptop, bobPhone);
        devices.forEach(device -> device.await(event, 1));
        int before = bobPhone.told("new_message").size();
        send(alicePhone, "marker after " + event);
        devices.forEach(device -> device.await("new_message", before + 1));
        assertThat(devices).allSatisfy(device -> assertThat(device.told(event)).hasSize(1));
        assertThat(carolPhone.told(event)).isEmpty();
        assertThat(devices.stream().map(device -> device.told(event).get(0)).distinct())
                .hasSize(1);
        return bobPhone.told(event);
    }

    /** Bob, Carol and a client that names no message are refused, each with an answer that says why. */
    private void refuses(String command, Map<String, ?> argument, String whyBobIs) {
        JsonNode refused = bobPhone.ask(command, argument);
        assertThat(refused.path("success").asBoolean(true)).as("%s", refused).isFalse();
        assertThat(refused.path("code").asString()).isEqualTo(whyBobIs);
        refusesOutsiders(command, argument);
    }

    private void refusesOutsiders(String command, Map<String, ?> argument) {
        assertThat(carolPhone.ask(command, argument).path("code").asString()).isEqualTo("conversation.not-a-member");
        JsonNode nameless = alicePhone.ask(command, Map.of());
        assertThat(nameless.path("success").asBoolean(true)).isFalse();
        assertThat(nameless.path("errors").get(0).path("field").asString()).isEqualTo("messageId");
    }
}
