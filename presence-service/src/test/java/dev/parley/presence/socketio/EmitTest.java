package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.engineio.RawPolling;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.EventLoopGuard;
import dev.parley.presence.transport.RawSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(EventLoopGuard.class)
class EmitTest {

    private record Text(String conversationId, String text) {}

    @Test
    void encodesAnEventToARoomOnce() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket anna = namespaces.join();
                RawSocket bert = namespaces.join();
                RawSocket carl = namespaces.join()) {
            RawPolling dora = namespaces.joinByPolling();
            namespaces.rooms().join(namespaces.socket(), "c1");
            namespaces.rooms().join(namespaces.socket(), "c1");
            namespaces.socket();
            namespaces.rooms().join(namespaces.socket(), "c1");
            double before = namespaces.server().counted("encoded");

            int reached = namespaces.emit(namespaces.to("c1"), "new_message", new Text("c1", "hé"));

            assertThat(reached).isEqualTo(3);
            String wire = "42/chat,[\"new_message\",{\"conversationId\":\"c1\",\"text\":\"hé\"}]";
            assertThat(anna.next()).isEqualTo(wire);
            assertThat(bert.next()).isEqualTo(wire);
            assertThat(dora.poll().body()).isEqualTo(wire);
            assertThat(carl.poll(Duration.ofMillis(50))).isNull();
            assertThat(namespaces.server().counted("encoded") - before).isEqualTo(1);
        }
    }

    @Test
    void sendsOnceToMembersOfSeveralRoomsAndNotToExcludedOnes() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket anna = namespaces.join();
                RawSocket bert = namespaces.join()) {
            Socket first = namespaces.socket();
            Socket second = namespaces.socket();
            List.of(first, second).forEach(socket -> {
                namespaces.rooms().join(socket, "c1");
                namespaces.rooms().join(socket, "c2");
            });

            assertThat(namespaces.emit(namespaces.to("c1", "c2"), "both")).isEqualTo(2);
            assertThat(namespaces.emit(namespaces.to("c1").except(List.of(first)), "second"))
                    .isEqualTo(1);
            namespaces.rooms().leave(second, "c2");
            assertThat(namespaces.emit(namespaces.to("c2"), "first")).isEqualTo(1);
            assertThat(namespaces.emit(namespaces.all(), "all")).isEqualTo(2);

            assertThat(anna.next(3)).containsExactly("42/chat,[\"both\"]", "42/chat,[\"first\"]", "42/chat,[\"all\"]");
            assertThat(bert.next(3)).containsExactly("42/chat,[\"both\"]", "42/chat,[\"second\"]", "42/chat,[\"all\"]");
        }
    }

    @Test
    void appendsTheOffsetToTheArguments() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket anna = namespaces.join()) {
            namespaces.emit(namespaces.all(), SocketIoEvent.of("new_message", 1).at("c1:42"));

            assertThat(anna.next()).isEqualTo("42/chat,[\"new_message\",1,\"c1:42\"]");
        }
    }

    @Test
    void sendsBytesAsAttachmentsInEveryTransport() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket anna = namespaces.join()) {
            RawPolling dora = namespaces.joinByPolling();
            ObjectNode tree = JsonMapper.shared().createObjectNode().put("deep", new byte[] {3});

            namespaces.emit(namespaces.all(), "file", new byte[] {1, 2}, tree, Map.of("plain", 1));

            String head = "452-/chat,[\"file\",{\"_placeholder\":true,\"num\":0},"
                    + "{\"deep\":{\"_placeholder\":true,\"num\":1}},{\"plain\":1}]";
            assertThat(anna.next()).isEqualTo(head);
            assertThat(anna.next()).isEqualTo(new byte[] {1, 2});
            assertThat(anna.next()).isEqualTo(new byte[] {3});
            assertThat(dora.poll().body()).isEqualTo(head + "\u001ebAQI=\u001ebAw==");
            assertThat(tree.get("deep").isBinary()).isTrue();
        }
    }

    @Test
    void emitsAnEventAndReceivesItsAcknowledgement() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket anna = namespaces.join()) {
            CompletableFuture<List<JsonNode>> answer = namespaces
                    .socket()
                    .emitWithAck(Duration.ofSeconds(5), "are you there", 1)
                    .toFuture();
            assertThat(anna.next()).isEqualTo("42/chat,1[\"are you there\",1]");

            anna.send("43/chat,1[\"yes\",{\"since\":2}]");

            assertThat(answer.join().toString()).isEqualTo("[\"yes\", {\"since\":2}]");
        }
    }

    @Test
    void failsWhenAnAcknowledgementIsLateOrCanNeverArrive() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket anna = namespaces.join()) {
            Socket socket = namespaces.socket();
            StepVerifier.create(socket.emitWithAck(Duration.ofMillis(50), "anyone"))
                    .verifyError(TimeoutException.class);
            // The answer comes too late: nobody waits for it any more.
            anna.send("43/chat,1[]");

            StepVerifier.create(socket.emitWithAck(Duration.ofSeconds(5), "anyone"))
                    .then(anna::abort)
                    .verifyError(IllegalStateException.class);
        }
    }

    @Test
    void removesAClientFromTheNamespaceAndKeepsItsConnection() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket anna = namespaces.join()) {
            anna.send("40/other,").next();
            Socket socket = namespaces.socket();

            socket.disconnect();

            assertThat(anna.next()).isEqualTo("41/chat,");
            assertThat(namespaces.disconnectReason()).isEqualTo(CloseReason.SERVER_CLOSED);
            // On its way when the client was told.
            anna.send("42/chat,1[\"late\"]");
            assertThat(anna.send("42/other,2[\"on time\"]").next()).isEqualTo("43/other,2[]");
            assertThat(namespaces.emit(namespaces.all(), "gone")).isZero();
        }
    }

    @Test
    void closesTheConnectionsOfAUser() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket phone = namespaces.join();
                RawSocket laptop = namespaces.join();
                RawSocket other = namespaces.join()) {
            namespaces.rooms().join(namespaces.socket(), "user:1");
            namespaces.rooms().join(namespaces.socket(), "user:1");

            assertThat(namespaces.to("user:1").close(CloseReason.REVOKED)).isEqualTo(2);

            assertThat(namespaces.emit(namespaces.to("user:1"), "secret")).isZero();
            assertThat(phone.next()).isEqualTo("41/chat,");
            assertThat(phone.awaitClose()).isEqualTo(1008);
            assertThat(laptop.awaitClose()).isEqualTo(1008);
            assertThat(other.send("42/chat,1[\"still here\"]").next()).isEqualTo("43/chat,1[]");
            assertThat(namespaces.sockets().connections()).isEqualTo(1);
        }
    }

    @Test
    void letsClientsReconnectByThemselvesAfterAShutdown() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket anna = namespaces.join()) {
            namespaces.sockets().close(CloseReason.SHUTDOWN);

            assertThat(anna.awaitClose()).isEqualTo(1012);
            assertThat(anna.poll(Duration.ofMillis(50))).isNull();
        }
    }

    @Test
    void replaysMissedEventsBeforeNewOnes() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket anna = namespaces.open()) {
            namespaces.onConnected = socket -> {
                socket.hold();
                namespaces.rooms().join(socket, "c1");
                // Sent by others while the past is looked up.
                namespaces.emit(namespaces.to("c1"), SocketIoEvent.of("m", 3).at("3"));
                namespaces.emit(namespaces.to("c1"), SocketIoEvent.of("typing").asDroppable());
                namespaces.emit(namespaces.to("c1"), SocketIoEvent.of("m", 4).at("4"));
                return Mono.delay(Duration.ofMillis(20))
                        .doOnNext(tick -> {
                            for (int i = 1; i <= 2; i++) {
                                socket.replay(namespaces
                                        .chat()
                                        .form()
                                        .event(SocketIoEvent.of("m", i).at(String.valueOf(i))));
                            }
                            socket.release();
                            namespaces.emit(
                                    namespaces.to("c1"),
                                    SocketIoEvent.of("m", 5).at("5"));
                        })
                        .then();
            };
            anna.send("40/chat,").next();

            assertThat(anna.next(5))
                    .containsExactly(
                            "42/chat,[\"m\",1,\"1\"]",
                            "42/chat,[\"m\",2,\"2\"]",
                            "42/chat,[\"m\",3,\"3\"]",
                            "42/chat,[\"m\",4,\"4\"]",
                            "42/chat,[\"m\",5,\"5\"]");
        }
    }
}
