package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A bad id is the client's fault, and it is told so, whichever event it sends. */
class BadIdTest extends ChatServiceTest {

    @Autowired
    private ChatCommands commands;

    static Stream<Object> badIds() {
        return Stream.of(
                "..",
                ".",
                "...",
                "../x",
                "x/../y",
                "a..b",
                "/",
                "//",
                "a/b",
                "\\",
                "%",
                "%2e%2e",
                "%2F",
                "%25",
                "%00",
                "a;b",
                "a?b",
                "a#b",
                "a b",
                "\u0000",
                "a\u0000b",
                "\n",
                "\u2028",
                "\ud800",
                "é",
                "{messageId}",
                "",
                " ",
                "x".repeat(129),
                "x".repeat(100_000),
                7,
                -1.5,
                true,
                JSONObject.NULL,
                new JSONObject(Map.of("id", "m1")),
                new JSONArray(List.of("m1")),
                new JSONArray());
    }

    @ParameterizedTest
    @MethodSource("badIds")
    void isRefusedByEveryEvent(Object badId) {
        Device phone = connect(alice);

        for (String event : commands.names()) {
            Map<String, Object> argument = new HashMap<>(
                    Map.of("emoji", "+1", "text", "text", "isTyping", true, "afterSeq", 1, "tempId", "t"));
            argument.put("conversationId", badId);
            argument.put("messageId", badId);
            argument.put("userIds", new JSONArray(Collections.singletonList(badId)));
            refuses(phone, event, argument);
        }
    }

    @ParameterizedTest
    @MethodSource("badIds")
    void isRefusedWithoutAnObjectAroundIt(Object badId) {
        Device phone = connect(alice);

        for (String event : commands.names()) {
            // A list of no users is fine.
            if (!(event.equals("get_online_users") && badId instanceof JSONArray)) {
                refuses(phone, event, badId);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "/", "a/b", "%", "%2F", "\\", ";", "\u0000", "\n", "\u2028"})
    void isRefusedAsAnEmojiToo(String badEmoji) {
        Device phone = connect(alice);

        JsonNode ack = phone.ask("remove_reaction", Map.of("messageId", "m1", "emoji", badEmoji));

        assertThat(ack.path("code").asString()).as("%s", ack).isEqualTo("request.invalid");
    }

    @Test
    void isRefusedWithTheNameOfItsField() {
        Device phone = connect(alice);

        JsonNode ack = phone.ask("add_reaction", Map.of("messageId", "..", "emoji", "+1"));

        assertThat(ack.path("errors").get(0).path("field").asString()).isEqualTo("messageId");
        assertThat(ack.path("errors").get(0).path("code").asString()).isEqualTo("format");
    }

    private static void refuses(Device phone, String event, Object argument) {
        JsonNode ack = phone.ask(event, argument);
        assertThat(ack.path("success").asBoolean(true)).as("%s: %s", event, ack).isFalse();
        assertThat(ack.path("code").asString()).as("%s: %s", event, ack).isIn("request.invalid", "request.malformed");
    }
}
