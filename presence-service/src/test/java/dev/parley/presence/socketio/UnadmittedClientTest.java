package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.engineio.RawPolling;
import dev.parley.presence.transport.EventLoopGuard;
import dev.parley.presence.transport.RawSocket;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A client that nobody knows yet costs little, whatever it sends. */
@ExtendWith(EventLoopGuard.class)
class UnadmittedClientTest {

    private static final String LARGE = "x".repeat(17_000);

    private static String objects(int count) {
        return IntStream.range(0, count).mapToObj(i -> "{}").collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42/chat,[\"e\"]",
                "42[\"e\"]",
                "42/unknown,[\"e\"]",
                // Before an attachment comes.
                "451-/chat,[\"e\",{\"_placeholder\":true,\"num\":0}]",
                "461-/chat,7[{\"_placeholder\":true,\"num\":0}]",
                "4510-[\"e\"]",
                "43/chat,1[]",
                "41/chat,",
                "44/chat,{}",
                "4",
                "4x"
            })
    void mayOnlyConnect(String packet) {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            assertThat(socket.send(packet).awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void maySendNoBytes() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            assertThat(socket.send(new byte[100]).awaitClose()).isEqualTo(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"40/chat,{\"token\":\"%s\"}", "42/chat,[\"%s\"]", "40/%s,", "3%s", "%s"})
    void maySendNothingLarge(String packet) {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            assertThat(socket.send(packet.formatted(LARGE)).awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void mayPostNothingLarge() {
        try (Namespaces namespaces = Namespaces.withDefaults()) {
            RawPolling session = RawPolling.open(namespaces.server().http("/socket.io/"));

            assertThat(session.post("42[\"" + LARGE + "\"]").statusCode()).isEqualTo(413);
            assertThat(session.poll().statusCode()).isEqualTo(400);
        }
    }

    @Test
    void mayNotBeginALargeMessageEither() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            socket.sendUnfinished("x".repeat(400_000));

            assertThat(socket.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void maySendLargePacketsOnceItIsAdmitted() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            socket.sendInPieces("42/chat,1[\"e\",\"" + "x".repeat(400_000), "x".repeat(400_000) + "\"]");

            assertThat((String) socket.next()).startsWith("43/chat,1[\"xxx");
            RawPolling polling = namespaces.joinByPolling();
            assertThat(polling.post("42/chat,2[\"e\",\"" + "x".repeat(800_000) + "\"]")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(polling.poll().body()).startsWith("43/chat,2[\"xxx");
        }
    }

    @Test
    void isHeardOnlyOnceItIsAdmitted() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            Sinks.One<ConnectDecision> decision = Sinks.one();
            namespaces.onConnect = handshake -> decision.asMono();
            // Not JSON, which nobody finds out before the admission.
            socket.send("40/chat,").send("42/chat,1[\"early\"]").send("42/chat,[\"early\"");
            assertThat(socket.poll(Duration.ofMillis(100))).isNull();

            decision.tryEmitValue(ConnectDecision.accept("anna"));

            assertThat((String) socket.next()).startsWith("40/chat,{");
            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void maySendLittleWhileItIsDecided() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            namespaces.onConnect = handshake -> Mono.never();
            socket.send("40/chat,");
            socket.sendWhileOpen(Stream.generate(() -> "42/chat,[\"e\"," + objects(1_500) + "]")
                    .limit(5));

            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void maySendFewEventsWhileItIsDecidedHoweverSmall() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            namespaces.onConnect = handshake -> Mono.never();
            socket.send("40/chat,");

            socket.sendWhileOpen(Stream.generate(() -> "42/chat,").limit(1_000));

            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void maySendFewProbes() {
        try (Namespaces namespaces = Namespaces.withDefaults()) {
            RawPolling session = RawPolling.open(namespaces.server().http("/socket.io/"));
            RawSocket upgrading = RawSocket.open(
                    namespaces.server().webSocket("/socket.io/?EIO=4&transport=websocket&sid=" + session.id()));

            upgrading.sendWhileOpen(Stream.generate(() -> "2probe").limit(50_000));

            assertThat(upgrading.closed()).succeedsWithin(Duration.ofSeconds(20));
            assertThat(session.poll().statusCode()).isEqualTo(400);
        }
    }

    @Test
    void mayPostFewPackets() {
        try (Namespaces namespaces = Namespaces.withDefaults()) {
            RawPolling session = RawPolling.open(namespaces.server().http("/socket.io/"));

            assertThat(session.post("3\u001e".repeat(5_000) + "3").statusCode()).isEqualTo(400);
            assertThat(session.poll().statusCode()).isEqualTo(400);
        }
    }

    @Test
    void maySendLittleToNamespacesOfWhichItWasRefused() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            namespaces.onConnect = handshake -> Mono.just(ConnectDecision.refuse("no", null));
            assertThat(socket.send("40/chat,").next()).isEqualTo("44/chat,{\"message\":\"no\"}");

            // Ignored, with its attachment and whatever it is.
            socket.send("451-/chat,[not JSON").send(new byte[10_000]).send("42/chat,{}");

            assertThat(socket.send("40/unknown,").next()).isEqualTo("44/unknown,{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void isClosedWhenItIsRefusedTooOften() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            namespaces.onConnect = handshake -> Mono.just(ConnectDecision.refuse("no", null));
            socket.sendWhileOpen(IntStream.range(0, 300).mapToObj(i -> i % 3 == 0 ? "40/unknown," : "40/chat,"));

            for (int i = 0; i < SocketIoSettings.defaults().maxRefusals(); i++) {
                assertThat((String) socket.next()).startsWith("44/");
            }
            assertThat(socket.awaitClose()).isEqualTo(1008);
            assertThat(socket.poll(Duration.ZERO)).isNull();
        }
    }

    @Test
    void isClosedWhenItHasLeftItsNamespaceAndStays() {
        SocketIoSettings hasty = SocketIoSettings.defaults().withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(4));
        try (Namespaces namespaces = new Namespaces(hasty);
                RawSocket socket = namespaces.join()) {
            // Longer than a client may be in no namespace.
            assertThat(socket.poll(Duration.ofMillis(1_300))).isNull();

            socket.send("41/chat,");

            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
    }

    @Test
    void isClosedByPollingTooWhenItStaysInNoNamespace() {
        SocketIoSettings hasty =
                SocketIoSettings.defaults().withTimeouts(Duration.ofMillis(200), Duration.ofSeconds(4));
        try (Namespaces namespaces = new Namespaces(hasty)) {
            RawPolling session = RawPolling.open(namespaces.server().http("/socket.io/"));

            assertThat(session.poll().body()).isEqualTo("1");
            assertThat(session.poll().statusCode()).isEqualTo(400);
            assertThat(namespaces.sockets().connections()).isZero();
        }
    }
}
