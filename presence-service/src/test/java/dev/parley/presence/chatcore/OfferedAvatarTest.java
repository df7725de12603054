package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import dev.parley.presence.transport.RawSocket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client offers a picture when it connects. */
class OfferedAvatarTest extends ChatServiceTest {

    private static final String SYNC = "/api/v1/users/me/avatar/sync";

    @Test
    void isTakenOnceInTheNameOfTheUser() {
        String offer = ",\"avatarUrl\":\"https://example.org/alice.png\"";
        connectOffering(alice, offer);
        Until.satisfied(() -> assertThat(offersOf(alice)).hasSize(1));
        connectOffering(alice, offer);
        connectOffering(alice, ",\"avatar\":{\"base64\":\"AAAA\"}");

        Until.satisfied(() -> assertThat(offersOf(alice))
                .extracting(JsonNode::toString)
                .containsExactly("{\"url\":\"https://example.org/alice.png\"}", "{\"base64\":\"AAAA\"}"));
    }

    @Test
    void keepsNobodyOutIfItCannotBeHad() {
        connectOffering(alice, ",\"avatar\":{\"url\":\"https://nowhere.example/alice.png\"}");
        Until.satisfied(() -> assertThat(offersOf(alice)).hasSize(1));

        Until.satisfied(() -> {
            connectOffering(alice, ",\"avatar\":{\"url\":\"https://nowhere.example/alice.png\"}");
            assertThat(offersOf(alice)).as("tried again").hasSizeGreaterThan(1);
        });
        connectOffering(bob, "");
        assertThat(offersOf(bob)).isEmpty();
    }

    /** Returns when the client is admitted. */
    private void connectOffering(String userId, String offer) {
        try (RawSocket socket =
                RawSocket.open(URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"))) {
            socket.next();
            socket.send("40/chat,{\"token\":\"" + TestTokens.tokenFor(userId, TENANT) + "\"" + offer + "}");
            assertThat(socket.next().toString()).startsWith("40/chat,");
        }
    }

    private static List<JsonNode> offersOf(String userId) {
        return SERVICES.calls.stream()
                .filter(call -> call.uri().equals(SYNC) && call.user().equals(userId))
                .map(StubServices.Call::body)
                .toList();
    }
}
