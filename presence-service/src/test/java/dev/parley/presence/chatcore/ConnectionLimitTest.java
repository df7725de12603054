package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.RecoveringClient;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.MeterRegistry;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Whoever connects too often waits for a turn, and is never told to stay away. */
@TestPropertySource(
        properties = {
            "parley.presence.limits.connections-per-second=10",
            "parley.presence.limits.connections-burst=20",
            "parley.presence.limits.connection-wait=2s",
            "parley.presence.limits.max-connections=10",
            // The Java client does not answer the close of a WebSocket, and finds out by the missing ping.
            "parley.presence.socket-io.engine.ping-interval=2s",
            "parley.presence.socket-io.engine.ping-timeout=4s"
        })
class ConnectionLimitTest extends ChatServiceTest {

    private static final int RECONNECTS = 60;
    private static final int MAX_CONNECTIONS = 10;

    /** From when the burst is used up, ten a second. */
    private static final Duration FASTEST = Duration.ofMillis((RECONNECTS - 20) * 1_000 / 10);

    @Autowired
    private MeterRegistry meters;

    @Test
    void admitsAClientThatReconnectsAgainAndAgain() {
        double before = count("delayed");
        long begun = System.nanoTime();

        try (RecoveringClient client = new RecoveringClient(TestTokens.tokenFor(alice, TENANT))) {
            for (int i = 0; i < RECONNECTS; i++) {
                client.connect(port);
                client.cut();
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(FASTEST);
        assertThat(count("delayed")).isGreaterThan(before);
    }

    @Test
    void doesNotDelayOtherUsers() {
        double before = count("closed");
        List<RecoveringClient> crowd = IntStream.range(0, RECONNECTS)
                .mapToObj(i -> new RecoveringClient(TestTokens.tokenFor(alice, TENANT)))
                .toList();

        List<CompletableFuture<Void>> coming =
                crowd.stream().map(client -> client.begin(port)).toList();
        long begun = System.nanoTime();
        connect(bob);

        // Of the crowd nobody of those for whom there is no place is sent away sooner.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        Until.satisfied(() -> assertThat(count("closed") - before).isEqualTo(RECONNECTS - MAX_CONNECTIONS));
        assertThat(coming)
                .filteredOn(one -> one.isDone() && !one.isCompletedExceptionally())
                .hasSize(MAX_CONNECTIONS);
        assertThat(coming).noneMatch(ConnectionLimitTest::isRefused);
        crowd.forEach(RecoveringClient::close);
    }

    /** Told to stay away, not only closed. */
    private static boolean isRefused(CompletableFuture<Void> coming) {
        return coming.handle((none, failure) -> failure instanceof IllegalStateException)
                .getNow(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void closesAConnectionAboveTheLimitSoThatTheClientReconnectsByItself(String transport) throws Exception {
        List<Device> others = IntStream.range(0, MAX_CONNECTIONS)
                .mapToObj(i -> connect(alice))
                .toList();
        AtomicInteger reconnects = new AtomicInteger();
        AtomicInteger refusals = new AtomicInteger();
        CompletableFuture<Void> in = new CompletableFuture<>();
        IO.Options options = IO.Options.builder()
                .setTransports(new String[] {transport})
                .setAuth(Map.of("token", TestTokens.tokenFor(alice, TENANT)))
                .setForceNew(true)
                .setReconnectionDelay(100)
                .build();
        Socket socket = IO.socket(URI.create("http://127.0.0.1:" + port + "/chat"), options);
        socket.io().on(Manager.EVENT_RECONNECT, args -> reconnects.incrementAndGet());
        // Of a lost connection it says so too, with an exception, and comes again.
        socket.on(Socket.EVENT_CONNECT_ERROR, args -> {
            if (args[0] instanceof JSONObject) {
                refusals.incrementAndGet();
            }
        });
        socket.on("online_users", args -> in.complete(null));
        socket.connect();

        Until.satisfied(() -> assertThat(reconnects).hasPositiveValue());
        assertThat(in).isNotDone();
        others.get(0).close();

        Until.satisfied(() -> assertThat(in).isDone());
        assertThat(refusals).hasValue(0);
        socket.disconnect();
    }

    private double count(String what) {
        return meters.get("parley.sockets.admissions." + what).counter().count();
    }
}
