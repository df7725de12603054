package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What clients emit that is not as it must be: the answer names all that is wrong with it. */
class SocketRefusalTest {

    private static final ChatUser WRITER = ChatUser.register(RunningPlatform.baseUrl(), "Writer");
    private static final String GROUP = WRITER.groupWith();
    private static final String LONG = "x".repeat(200);

    static Stream<Arguments> wrong() {
        Map<String, ?> noText = Map.of("conversationId", 7, "text", Map.of(), "tempId", List.of(), "replyTo", 5);
        return Stream.of(
                Arguments.of("send_message", noText, List.of("conversationId", "replyTo", "tempId", "text")),
                Arguments.of(
                        "send_message",
                        Map.of("attachments", List.of(Map.of("duration", 1))),
                        List.of(
                                "attachments[0].filename",
                                "attachments[0].id",
                                "attachments[0].mimeType",
                                "attachments[0].size",
                                "attachments[0].type",
                                "attachments[0].url",
                                "conversationId")),
                Arguments.of("send_message", Map.of("conversationId", GROUP, "text", 7), List.of("text")),
                Arguments.of("update_message", Map.of("messageId", 7), List.of("messageId", "text")),
                Arguments.of(
                        "update_message", Map.of("messageId", LONG, "text", List.of()), List.of("messageId", "text")),
                Arguments.of("update_message", Map.of("messageId", 7, "text", "fine"), List.of("messageId")),
                Arguments.of("add_reaction", Map.of("messageId", 7), List.of("emoji", "messageId")),
                Arguments.of("add_reaction", Map.of("emoji", "a b"), List.of("emoji", "messageId")),
                Arguments.of("remove_reaction", Map.of("messageId", 7), List.of("emoji", "messageId")),
                Arguments.of("remove_reaction", Map.of("messageId", "", "emoji", "a b"), List.of("emoji", "messageId")),
                Arguments.of(
                        "mark_read",
                        Map.of("conversationId", 7, "messageId", Map.of()),
                        List.of("conversationId", "messageId")),
                Arguments.of("delete_message", Map.of("messageId", 7), List.of("messageId")),
                Arguments.of("pin_message", Map.of(), List.of("messageId")),
                Arguments.of("clear_chat", Map.of("conversationId", List.of()), List.of("conversationId")),
                Arguments.of(
                        "typing",
                        Map.of("conversationId", 7, "isTyping", "yes"),
                        List.of("conversationId", "isTyping")),
                Arguments.of(
                        "get_missed",
                        Map.of("conversationId", 7, "afterSeq", -1, "limit", 0),
                        List.of("afterSeq", "conversationId", "limit")),
                Arguments.of("get_online_users", Map.of("userIds", "me"), List.of("userIds")),
                Arguments.of("get_typing_users", Map.of("conversationId", 7), List.of("conversationId")),
                Arguments.of("join_room", Map.of(), List.of("conversationId")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesEveryFieldThatIsWrong(String event, Map<String, ?> argument, List<String> fields) {
        try (ChatSocket socket = WRITER.connect()) {
            JsonNode ack = socket.ask(event, argument);

            assertThat(ack.path("success").asBoolean(true)).isFalse();
            assertThat(ack.path("code").asString()).as("%s", ack).isEqualTo("request.invalid");
            assertThat(ack.path("errors").valueStream().map(error -> error.path("field")
                            .asString()))
                    .as("%s", ack)
                    .containsExactlyInAnyOrderElementsOf(fields);
        }
    }
}
