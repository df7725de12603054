package dev.parley.presence.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.EventLoopGuard;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.transport.RawSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EventLoopGuard.class)
class UpgradeTest {

    @Test
    void answersAWaitingPollWhenTheProbeArrives() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawPolling poller = sessions.poller();
            CompletableFuture<HttpResponse<String>> poll = poller.pollLater();
            try (RawSocket socket = sessions.upgrading(poller)) {
                socket.send("2probe");

                assertThat(socket.next()).isEqualTo("3probe");
                assertThat(poll.join().body()).isEqualTo("6");
            }
        }
    }

    @RepeatedTest(10)
    void refusesAPollThatRacesWithTheUpgradePacket() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawPolling poller = sessions.poller();
            try (RawSocket socket = sessions.upgrading(poller)) {
                socket.send("2probe");
                assertThat(socket.next()).isEqualTo("3probe");
                CompletableFuture<HttpResponse<String>> racing = poller.pollLater();

                socket.send("5");

                assertThat(racing.join().statusCode()).isEqualTo(400);
                sessions.session().send(EngineIoTestServer.HELLO);
                assertThat(socket.next()).isEqualTo("4hello");
            }
        }
    }

    @RepeatedTest(5)
    void refusesAPollThatOvertakesTheProbe() {
        HttpResponse<String> answer = overtaking();
        // One that overtakes the socket itself comes before the upgrade.
        for (int attempt = 1; attempt < 20 && answer.body().equals("6"); attempt++) {
            answer = overtaking();
        }

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> overtaking() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawPolling poller = sessions.poller();
            try (RawSocket socket = sessions.upgrading(poller)) {
                CompletableFuture<HttpResponse<String>> racing = poller.pollLater();
                socket.send("2probe").send("5");

                assertThat(socket.next()).isEqualTo("3probe");
                return racing.join();
            }
        }
    }

    @Test
    void answersAPollDuringTheUpgradeAfterAShortWaitWhenTheClientWaitsForIt() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawPolling poller = sessions.poller();
            try (RawSocket socket = sessions.upgrading(poller)) {
                socket.send("2probe").next();

                assertThat(poller.poll().body()).isEqualTo("6");
            }
        }
    }

    @Test
    void continuesPollingWhenTheUpgradeIsAbandoned() {
        EngineIoSettings hasty = EngineIoSettings.defaults().withUpgradeTimeout(Duration.ofMillis(100));
        try (EngineIoTestServer sessions = new EngineIoTestServer(hasty, OutboundLimits.defaults())) {
            RawPolling poller = sessions.poller();
            try (RawSocket socket = sessions.upgrading(poller)) {
                socket.send("2probe").next();

                assertThat(socket.awaitClose()).isEqualTo(1002);

                sessions.session().send(EngineIoTestServer.HELLO);
                assertThat(poller.poll().body()).isEqualTo("4hello");
            }
        }
    }

    @Test
    void continuesPollingWhenTheProbedWebSocketBreaks() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawPolling poller = sessions.poller();
            EngineIoSession session = sessions.session();
            try (RawSocket first = sessions.upgrading(poller)) {
                first.send("2probe").next();
            }
            CompletableFuture<HttpResponse<String>> poll = poller.pollLater();
            session.send(EngineIoTestServer.HELLO);

            assertThat(poll.join().body()).endsWith("4hello");
        }
    }

    @RepeatedTest(5)
    void keepsOrderAndLosesNothingWhileOthersSend() {
        int count = 2000;
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawPolling poller = sessions.poller();
            EngineIoSession session = sessions.session();
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < count; i++) {
                    session.send(EngineIoTestServer.text(String.valueOf(i)));
                    Thread.onSpinWait();
                }
            });
            List<String> seen = new ArrayList<>(List.of(poller.poll().body().split("\u001e")));
            try (RawSocket socket = sessions.upgrading(poller)) {
                socket.send("2probe").next();
                seen.addAll(List.of(poller.poll().body().split("\u001e")));
                socket.send("5");
                sender.join();
                seen.remove("6");
                while (seen.size() < count) {
                    seen.add((String) socket.next());
                }
            }

            assertThat(seen)
                    .containsExactlyElementsOf(
                            IntStream.range(0, count).mapToObj(i -> "4" + i).toList());
        }
    }

    @Test
    void closesTheSessionWhenItsWebSocketBreaks() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            sessions.socket().abort();

            assertThat(sessions.closeReason()).isEqualTo(CloseReason.CONNECTION_LOST);
        }
    }

    @Test
    void acceptsAFragmentedMessage() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults();
                RawSocket socket = sessions.socket()) {
            socket.sendInPieces("4hel", "lo");

            assertThat(sessions.received()).isEqualTo("hello");
        }
    }

    @Test
    void closesASessionThatSendsATooLargeMessage() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults();
                RawSocket socket = sessions.socket()) {
            socket.send("4" + "x".repeat(1_000_000));

            assertThat(sessions.closeReason()).isEqualTo(CloseReason.TOO_LARGE);
        }
    }
}
