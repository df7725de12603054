package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.EventLoopGuard;
import dev.parley.presence.transport.RawSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@ExtendWith(EventLoopGuard.class)
class AdmissionTest {

    private static final SocketIoSettings HASTY =
            SocketIoSettings.defaults().withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(200));

    @Test
    void passesTheWholeHandshakeToTheHandler() {
        try (Namespaces namespaces = Namespaces.withDefaults()) {
            AtomicReference<Handshake> seen = new AtomicReference<>();
            namespaces.onConnect = handshake -> {
                seen.set(handshake);
                return Mono.just(ConnectDecision.accept("anna"));
            };
            try (RawSocket socket = RawSocket.open(
                    namespaces.server().webSocket("/socket.io/?EIO=4&transport=websocket&tenant=t%201"))) {
                socket.next();
                socket.send("40/chat,{\"token\":\"secret\",\"pid\":\"p\",\"offset\":\"o\"}")
                        .next();

                Handshake handshake = seen.get();
                assertThat(handshake.auth().toString())
                        .isEqualTo("{\"token\":\"secret\",\"pid\":\"p\",\"offset\":\"o\"}");
                assertThat(handshake.query().getFirst("tenant")).isEqualTo("t 1");
                assertThat(handshake.headers().getUpgrade()).isEqualTo("websocket");
                assertThat(handshake.remoteAddress().getAddress().isLoopbackAddress())
                        .isTrue();
                assertThat(handshake.toString()).contains("***").doesNotContain("secret");
                assertThat(namespaces.socket().principal(String.class)).isEqualTo("anna");
            }
        }
    }

    @Test
    void addsTheFieldsOfTheDecisionToTheReply() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            namespaces.onConnect = handshake -> Mono.just(new ConnectDecision.Accepted("anna", Map.of("pid", "p1")));
            namespaces.onConnected = joined -> {
                namespaces.rooms().join(joined, "room");
                return Mono.empty();
            };

            assertThat((String) socket.send("40/chat,").next())
                    .matches("40/chat,\\{\"sid\":\"[^\"]+\",\"pid\":\"p1\"}");

            assertThat(namespaces.rooms().roomsOf(namespaces.socket())).containsExactly("room");
            assertThat(namespaces.emit(namespaces.to("room"), "hello")).isEqualTo(1);
        }
    }

    @Test
    void tellsARefusedClientWhy() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            namespaces.onConnect = handshake ->
                    Mono.just(ConnectDecision.refuse("not authorized", Map.of("code", "auth.invalid-token")));

            String answer = (String) socket.send("40/chat,").next();

            assertThat(answer).startsWith("44/chat,{").contains("\"message\":\"not authorized\"");
            assertThat(answer).contains("\"data\":{\"code\":\"auth.invalid-token\"}");
            assertThat(namespaces.emit(namespaces.all(), "secret")).isZero();
        }
    }

    @Test
    void letsARefusedClientTryAgainOnTheSameConnection() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            namespaces.onConnect = handshake -> Mono.just(
                    handshake.auth().has("token")
                            ? ConnectDecision.accept("anna")
                            : ConnectDecision.refuse("no token", null));

            assertThat(socket.send("40/chat,").next()).isEqualTo("44/chat,{\"message\":\"no token\"}");
            // Sent before the client knew that it was refused.
            socket.send("42/chat,[\"lost\"]");
            assertThat((String) socket.send("40/chat,{\"token\":\"t\"}").next()).startsWith("40/chat,{");
            assertThat(namespaces.hasNoEvents()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closesTheConnectionWhenTheDecisionFailsOrIsMissing(boolean fails) {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            namespaces.onConnect = handshake -> fails ? Mono.error(new IllegalStateException("down")) : Mono.empty();

            socket.send("40/chat,");

            // Without a refusal, after which it would not come again.
            assertThat(socket.awaitClose()).isEqualTo(1013);
            assertThat(namespaces.emit(namespaces.all(), "secret")).isZero();
        }
    }

    @Test
    void closesTheConnectionWhenTheDecisionTakesTooLong() {
        try (Namespaces namespaces = new Namespaces(HASTY);
                RawSocket socket = namespaces.open()) {
            namespaces.onConnect = handshake -> Mono.never();
            socket.send("40/chat,");

            assertThat(socket.awaitClose()).isEqualTo(1013);
            assertThat(namespaces.emit(namespaces.all(), "secret")).isZero();
        }
    }

    @Test
    void closesAConnectionThatIsNeverAdmitted() {
        try (Namespaces namespaces = new Namespaces(HASTY);
                RawSocket socket = namespaces.open()) {
            namespaces.onConnect = handshake -> Mono.just(ConnectDecision.refuse("no", null));
            socket.send("40/chat,");

            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
    }

    @Test
    void handlesEarlyEventsOnceTheClientIsAdmitted() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            Sinks.One<ConnectDecision> decision = Sinks.one();
            Sinks.Empty<Void> welcomed = Sinks.empty();
            namespaces.onConnect = handshake -> decision.asMono();
            namespaces.onConnected = connected -> welcomed.asMono();
            socket.send("40/chat,").send("42/chat,1[\"early\",1]").send("42/chat,2[\"early\",2]");

            decision.tryEmitValue(ConnectDecision.accept("anna"));
            assertThat((String) socket.next()).startsWith("40/chat,{");
            assertThat(socket.poll(Duration.ofMillis(50))).isNull();
            welcomed.tryEmitEmpty();

            assertThat(socket.next()).isEqualTo("43/chat,1[1]");
            assertThat(socket.next()).isEqualTo("43/chat,2[2]");
        }
    }

    @Test
    void dropsEarlyEventsOfAClientThatIsRefused() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            Sinks.One<ConnectDecision> decision = Sinks.one();
            namespaces.onConnect = handshake -> decision.asMono();
            socket.send("40/chat,").send("42/chat,1[\"early\"]");

            decision.tryEmitValue(ConnectDecision.refuse("no", null));

            assertThat(socket.next()).isEqualTo("44/chat,{\"message\":\"no\"}");
            assertThat(socket.poll(Duration.ofMillis(50))).isNull();
            assertThat(namespaces.hasNoEvents()).isTrue();
        }
    }

    @Test
    void closesTheConnectionWhenTheStartFails() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.open()) {
            namespaces.onConnected = connected -> Mono.error(new IllegalStateException("down"));
            socket.send("40/chat,");

            assertThat(socket.awaitClose()).isEqualTo(1011);
            assertThat(namespaces.disconnectReason()).isEqualTo(CloseReason.SERVER_ERROR);
        }
    }

    @Test
    void closesAConnectionThatJoinsTheSameNamespaceTwice() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            socket.send("40/chat,");

            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void limitsTheNamespacesOfOneConnection() {
        try (Namespaces namespaces = new Namespaces(SocketIoSettings.defaults().withBounds(1, 10, 256));
                RawSocket socket = namespaces.join()) {
            assertThat(socket.send("40/other,").next()).isEqualTo("44/other,{\"message\":\"Too many namespaces\"}");
        }
    }
}
