package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.EventLoopGuard;
import dev.parley.presence.transport.RawSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@ExtendWith(EventLoopGuard.class)
class EventsTest {

    @Test
    void handlesTheEventsOfASocketOneAfterAnother() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            AtomicInteger atATime = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            namespaces.onEvent = (event, args) -> Mono.delay(
                            Duration.ofMillis(ThreadLocalRandom.current().nextInt(3)))
                    .doOnSubscribe(begun -> most.accumulateAndGet(atATime.incrementAndGet(), Math::max))
                    .doOnNext(done -> atATime.decrementAndGet())
                    .map(done -> new Ack(args));
            for (int i = 0; i < 100; i++) {
                socket.send("42/chat," + i + "[\"send_message\"," + i + "]");
            }

            for (int i = 0; i < 100; i++) {
                assertThat(socket.next()).isEqualTo("43/chat," + i + "[" + i + "]");
            }
            assertThat(most).hasValue(1);
        }
    }

    @Test
    void handlesTheEventsOfSocketsIndependently() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket slow = namespaces.join();
                RawSocket quick = namespaces.join()) {
            namespaces.onEvent = (event, args) -> event.equals("slow") ? Mono.never() : Mono.just(Ack.empty());
            slow.send("42/chat,[\"slow\"]");

            assertThat(quick.send("42/chat,7[\"quick\"]").next()).isEqualTo("43/chat,7[]");
        }
    }

    @Test
    void acknowledgesOnlyEventsThatAskForIt() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            socket.send("42/chat,[\"typing\"]").send("42/chat,5[\"typing\"]");

            assertThat(socket.next()).isEqualTo("43/chat,5[]");
        }
    }

    @Test
    void acknowledgesWithoutArgumentsIfTheHandlerReturnsNothing() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            namespaces.onEvent = (event, args) -> Mono.empty();

            assertThat(socket.send("42/chat,5[\"e\"]").next()).isEqualTo("43/chat,5[]");
        }
    }

    @Test
    void acknowledgesAndContinuesWhenAHandlerFails() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            namespaces.onEvent = (event, args) -> {
                if (event.equals("throws")) {
                    throw new IllegalStateException("thrown");
                }
                return event.equals("errs") ? Mono.error(new IllegalStateException("erred")) : Mono.just(Ack.of(1));
            };
            socket.send("42/chat,1[\"throws\"]").send("42/chat,2[\"errs\"]").send("42/chat,3[\"works\"]");

            assertThat(socket.next(3))
                    .containsExactly("43/chat,1[\"failed\"]", "43/chat,2[\"failed\"]", "43/chat,3[1]");
            assertThat(namespaces.server().counted("events.failed")).isEqualTo(2);
        }
    }

    @Test
    void acknowledgesAndContinuesWhenAHandlerTakesTooLong() {
        SocketIoSettings hasty =
                SocketIoSettings.defaults().withTimeouts(Duration.ofSeconds(45), Duration.ofMillis(100));
        try (Namespaces namespaces = new Namespaces(hasty);
                RawSocket socket = namespaces.join()) {
            namespaces.onEvent = (event, args) -> event.equals("hangs") ? Mono.never() : Mono.just(Ack.of(1));
            socket.send("42/chat,1[\"hangs\"]").send("42/chat,2[\"works\"]");

            assertThat(socket.next(2)).containsExactly("43/chat,1[\"failed\"]", "43/chat,2[1]");
        }
    }

    @Test
    void stopsReadingFromAClientWithTooManyWaitingEventsAndLosesNone() {
        try (Namespaces namespaces = new Namespaces(SocketIoSettings.defaults().withBounds(8, 10, 4));
                RawSocket socket = namespaces.join()) {
            Sinks.Empty<Void> barrier = Sinks.empty();
            namespaces.onEvent = (event, args) -> barrier.asMono().thenReturn(Ack.empty());
            for (int i = 0; i < 500; i++) {
                socket.send("42/chat,[\"e\"," + i + "]");
            }
            assertThat(namespaces.event()).isEqualTo("e[0]");

            barrier.tryEmitEmpty();

            for (int i = 1; i < 500; i++) {
                assertThat(namespaces.event()).isEqualTo("e[" + i + "]");
            }
        }
    }

    @Test
    void stopsReadingFromAClientWhoseWaitingEventsAreTooLargeTogether() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            Sinks.Empty<Void> barrier = Sinks.empty();
            namespaces.onEvent = (event, args) -> barrier.asMono().thenReturn(Ack.empty());
            String large = "x".repeat(300_000);
            CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
            for (int i = 0; i < 100; i++) {
                String name = "e" + i;
                sent = sent.thenCompose(before -> socket.sendLater("42/chat,[\"" + name + "\",\"" + large + "\"]"));
            }
            assertThat(namespaces.event()).startsWith("e0[");
            // The client cannot get rid of all it has.
            assertThat(sent).isNotDone();

            barrier.tryEmitEmpty();

            for (int i = 1; i < 100; i++) {
                assertThat(namespaces.event()).startsWith("e" + i + "[");
            }
        }
    }

    @Test
    void acknowledgesAndContinuesWhenAnAcknowledgementCannotBeEncoded() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            Object unwritable = new Object() {
                @SuppressWarnings("unused")
                public String getText() {
                    throw new IllegalStateException("unwritable");
                }
            };
            namespaces.onEvent = (event, args) -> Mono.just(event.equals("bad") ? Ack.of(unwritable) : Ack.of(1));
            socket.send("42/chat,1[\"bad\"]").send("42/chat,2[\"good\"]");

            assertThat(socket.next(2)).containsExactly("43/chat,1[\"failed\"]", "43/chat,2[1]");
        }
    }

    @Test
    void handlesTheEventsThatAClientSentBeforeItLeft() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            namespaces.onEvent =
                    (event, args) -> Mono.delay(Duration.ofMillis(20)).thenReturn(Ack.empty());
            socket.send("42/chat,[\"e\",1]").send("42/chat,[\"e\",2]").send("41/chat,");

            assertThat(namespaces.event()).isEqualTo("e[1]");
            assertThat(namespaces.event()).isEqualTo("e[2]");
            assertThat(namespaces.disconnectReason()).isEqualTo(CloseReason.CLIENT_LEFT);
        }
    }

    @Test
    void handlesNoEventsOfAClientAfterItWasRemoved() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            Sinks.Empty<Void> barrier = Sinks.empty();
            namespaces.onEvent = (event, args) -> barrier.asMono().thenReturn(Ack.empty());
            socket.send("42/chat,[\"e\",1]").send("42/chat,[\"e\",2]");
            assertThat(namespaces.event()).isEqualTo("e[1]");

            namespaces.socket().close(CloseReason.REVOKED);
            assertThat(socket.next()).isEqualTo("41/chat,");
            barrier.tryEmitEmpty();

            assertThat(namespaces.disconnectReason()).isEqualTo(CloseReason.REVOKED);
            assertThat(namespaces.hasNoEvents()).isTrue();
        }
    }

    @Test
    void closesAConnectionThatAnnouncesTooManyAttachments() {
        try (Namespaces namespaces = new Namespaces(SocketIoSettings.defaults().withBounds(8, 2, 256));
                RawSocket socket = namespaces.join()) {
            assertThat(socket.send("453-/chat,[\"e\"]").awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void closesAConnectionWhoseAttachmentsAreTooLargeTogether() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            socket.send("452-/chat,[\"e\"]").send(new byte[600_000]).send(new byte[600_000]);

            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void closesAConnectionThatRefersToAMissingAttachment() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            socket.send("451-/chat,[\"e\",{\"_placeholder\":true,\"num\":1}]").send(new byte[1]);

            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
    }
}
