package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.EventLoopGuard;
import dev.parley.presence.transport.RawSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@ExtendWith(EventLoopGuard.class)
class EventsTest {

    private static final SocketIoSettings PATIENT =
            SocketIoSettings.defaults().withTimeouts(Duration.ofSeconds(45), Duration.ofMinutes(1));

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

            assertThat(socket.send("42/chat,1[\"hangs\"]").next()).isEqualTo("43/chat,1[\"failed\"]");
            assertThat(socket.send("42/chat,2[\"works\"]").next()).isEqualTo("43/chat,2[1]");
        }
    }

    @Test
    void refusesAtOnceWhatIsTooManyToWait() {
        try (Namespaces namespaces = new Namespaces(PATIENT.withBounds(8, 10, 4));
                RawSocket socket = namespaces.join()) {
            Sinks.Empty<Void> barrier = Sinks.empty();
            namespaces.onEvent = (event, args) -> barrier.asMono().thenReturn(new Ack(args));
            // One is handled, four wait.
            for (int i = 0; i < 500; i++) {
                socket.send("42/chat," + i + "[\"e\"," + i + "]");
            }

            for (int i = 5; i < 500; i++) {
                assertThat(socket.next()).isEqualTo("43/chat," + i + "[\"overloaded\"]");
            }
            barrier.tryEmitEmpty();
            for (int i = 0; i < 5; i++) {
                assertThat(socket.next()).isEqualTo("43/chat," + i + "[" + i + "]");
                assertThat(namespaces.event()).isEqualTo("e[" + i + "]");
            }
            assertThat(namespaces.hasNoEvents()).isTrue();
            assertThat(namespaces.server().counted("events.overdue")).isEqualTo(495);
        }
    }

    @Test
    void refusesAtOnceWhatIsTooLargeToWait() {
        try (Namespaces namespaces = new Namespaces(PATIENT);
                RawSocket socket = namespaces.join()) {
            Sinks.Empty<Void> barrier = Sinks.empty();
            namespaces.onEvent = (event, args) -> barrier.asMono().thenReturn(Ack.empty());
            String large = "x".repeat(300_000);
            // One is handled, four wait, which together are larger than one may be.
            for (int i = 0; i < 12; i++) {
                socket.send("42/chat," + i + "[\"e\",\"" + large + "\"]");
            }

            for (int i = 5; i < 12; i++) {
                assertThat(socket.nextButPing()).isEqualTo("43/chat," + i + "[\"overloaded\"]");
            }
            barrier.tryEmitEmpty();
            assertThat(socket.next(5)).hasSize(5);
        }
    }

    @Test
    void refusesAtOnceWhatIsNotAllowedHoweverMuchWaits() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            namespaces.onEvent = (event, args) -> Mono.never();
            namespaces.isRefused = "bad"::equals;
            for (int i = 0; i < 100; i++) {
                socket.send("42/chat,[\"hangs\"]");
            }

            assertThat(socket.send("42/chat,7[\"bad\"]").next()).isEqualTo("43/chat,7[\"refused\"]");
        }
    }

    @Test
    void handlesEventsWithDifferentKeysBesideEachOther() {
        try (Namespaces namespaces = Namespaces.withDefaults();
                RawSocket socket = namespaces.join()) {
            namespaces.orderKey =
                    args -> args.get(0).isNull() ? null : args.get(0).asString();
            namespaces.onEvent = (event, args) -> event.equals("hangs") ? Mono.never() : Mono.just(new Ack(args));
            socket.send("42/chat,1[\"hangs\",\"a\"]").send("42/chat,2[\"e\",\"a\"]");

            assertThat(socket.send("42/chat,3[\"e\",\"b\"]").next()).isEqualTo("43/chat,3[\"b\"]");
            assertThat(socket.send("42/chat,4[\"e\",null]").next()).isEqualTo("43/chat,4[null]");
            assertThat(namespaces.event()).startsWith("hangs");
        }
    }

    @Test
    void answersEverythingInTimeWhenNothingComesToAnEnd() {
        Duration timeout = Duration.ofSeconds(1);
        SocketIoSettings hasty = SocketIoSettings.defaults().withTimeouts(Duration.ofSeconds(45), timeout);
        try (Namespaces namespaces = new Namespaces(hasty);
                RawSocket socket = namespaces.join()) {
            namespaces.onEvent = (event, args) -> Mono.never();
            namespaces.orderKey = args -> args.get(0).asInt() % 20;
            long begun = System.nanoTime();
            for (int i = 0; i < 400; i++) {
                socket.send("42/chat," + i + "[\"e\"," + i + "]");
            }

            List<Object> answers = socket.next(400);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(timeout.plusSeconds(10));
            assertThat(answers).doesNotHaveDuplicates();
            assertThat(answers).allSatisfy(answer -> assertThat((String) answer)
                    .matches("43/chat,[0-9]+\\[\"(failed|overloaded)\"]"));
            assertThat(answers.stream().filter(answer -> ((String) answer).endsWith("[\"failed\"]")))
                    .hasSizeGreaterThanOrEqualTo(hasty.maxRunningEvents());
            // And then it works again.
            namespaces.onEvent = (event, args) -> Mono.just(Ack.empty());
            assertThat(socket.send("42/chat,7[\"e\",1]").next()).isEqualTo("43/chat,7[]");
        }
    }

    @Test
    void answersInTimeWhileTheStartTakesLong() {
        SocketIoSettings hasty =
                SocketIoSettings.defaults().withTimeouts(Duration.ofSeconds(45), Duration.ofMillis(200));
        try (Namespaces namespaces = new Namespaces(hasty);
                RawSocket socket = namespaces.open()) {
            namespaces.onConnected = connected -> Mono.never();
            socket.send("40/chat,").send("42/chat,1[\"e\"]");

            assertThat((String) socket.next()).startsWith("40/chat,{");
            assertThat(socket.next()).isEqualTo("43/chat,1[\"overloaded\"]");
            assertThat(namespaces.hasNoEvents()).isTrue();
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
