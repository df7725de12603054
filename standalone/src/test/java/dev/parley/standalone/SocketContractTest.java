package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.api.EventContract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    private static String codeFor(String event) {
        try (ChatSocket socket = READER.connect()) {
            return socket.ask(event, Map.of()).path("code").asString();
        }
    }
}
