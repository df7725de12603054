package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.api.EventContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the document says that a client may ask for is what the server knows, and nothing that it tells. */
class SocketContractTest {

    private static final ChatUser READER = ChatUser.register(RunningPlatform.baseUrl(), "Reader");

    static Set<String> asked() {
        return EventContract.asked();
    }

    static Set<String> told() {
        return EventContract.told();
    }

    @ParameterizedTest
    @MethodSource("asked")
    void knowsEveryDocumentedEventOfAClient(String event) {
        assertThat(codeFor(event)).isNotEqualTo("socket.unknown-event");
    }

    @ParameterizedTest
    @MethodSource("told")
    void knowsNoEventOfItsOwnFromAClient(String event) {
        assertThat(codeFor(event)).isEqualTo("socket.unknown-event");
    }

    @ParameterizedTest
    @MethodSource("asked")
    void tellsAClientOfABadId(String event) {
        try (ChatSocket socket = READER.connect()) {
            for (String bad : List.of("..", "a/b", "%2F", ";", "\u0000")) {
                Map<String, Object> argument = Map.of(
                        "conversationId", bad, "messageId", bad, "userIds", List.of(bad), "emoji", "+1", "afterSeq", 1);

                assertThat(socket.ask(event, argument).path("code").asString())
                        .as("%s of %s", event, bad)
                        .isIn("request.invalid", "request.malformed");
            }
        }
    }

    @Test
    void answersWithAListToWhoeverAsksWhoIsOnline() {
        try (ChatSocket socket = READER.connect()) {
            JsonNode online = socket.ask("get_online_users", Map.of("userIds", List.of(READER.id(), "nobody")));

            assertThat(online.valueStream().map(JsonNode::asString)).containsExactly(READER.id());
        }
    }

    private static String codeFor(String event) {
        try (ChatSocket socket = READER.connect()) {
            return socket.ask(event, Map.of()).path("code").asString();
        }
    }
}
