package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.platform.test.Until;
import dev.parley.presence.transport.AddressLimits;
import dev.parley.presence.transport.EventLoopGuard;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.transport.RawSocket;
import io.socket.client.IO;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

/** What the clients of one address do together does not keep those of others out. */
@ExtendWith(EventLoopGuard.class)
class AddressTest {

    private static final String ADDRESS = "203.0.113.9";
    private static final String OTHER = "203.0.113.10";
    private static final AddressLimits SMALL = new AddressLimits(4, 2, 1, 6, Duration.ofSeconds(2), 100, 1);

    private final AtomicInteger refused = new AtomicInteger();

    private static Namespaces limited(AddressLimits limits) {
        SocketIoSettings patient =
                SocketIoSettings.defaults().withTimeouts(Duration.ofMinutes(1), Duration.ofSeconds(4));
        return new Namespaces(patient, OutboundLimits.defaults(), limits);
    }

    private static RawSocket join(Namespaces namespaces, String address) {
        RawSocket socket = namespaces.openFrom(address);
        assertThat((String) socket.send("40/chat,").next()).startsWith("40/chat,{");
        return socket;
    }

    /** Opens neither by WebSocket nor by polling, and says when to try again. */
    private static void refuses(Namespaces namespaces, String address) {
        Throwable failure = catchThrowable(() -> namespaces.openFrom(address));
        assertThat(failure).isNotNull();
        HttpResponse<?> handshake = ((WebSocketHandshakeException) failure.getCause()).getResponse();
        HttpResponse<?> polling = openByPolling(namespaces, address);
        assertThat(List.of(handshake, polling)).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 2L);
        });
    }

    private static HttpResponse<String> openByPolling(Namespaces namespaces, String address) {
        HttpRequest opening = HttpRequest.newBuilder(namespaces.server().http("/socket.io/?EIO=4&transport=polling"))
                .header("X-Forwarded-For", address)
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return HttpClient.newHttpClient().send(opening, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void mayHaveSoManySessions() {
        try (Namespaces namespaces = limited(SMALL)) {
            List<RawSocket> sockets = IntStream.range(0, SMALL.maxSessions())
                    .mapToObj(i -> join(namespaces, ADDRESS))
                    .toList();

            refuses(namespaces, ADDRESS);
            join(namespaces, OTHER);
            assertThat(namespaces.server().counted("refused", "reason", "sessions"))
                    .isEqualTo(2);

            sockets.get(0).send("1");
            assertThat((String) openLater(namespaces).send("40/chat,").next()).startsWith("40/chat,{");
            refuses(namespaces, ADDRESS);
        }
    }

    @Test
    void mayHaveFewerSessionsThatAreNotAdmitted() {
        try (Namespaces namespaces = limited(SMALL)) {
            RawSocket first = namespaces.openFrom(ADDRESS);
            assertThat(openByPolling(namespaces, ADDRESS).statusCode()).isEqualTo(200);

            refuses(namespaces, ADDRESS);
            join(namespaces, OTHER);

            assertThat((String) first.send("40/chat,").next()).startsWith("40/chat,{");
            join(namespaces, ADDRESS);
            namespaces.openFrom(ADDRESS);
            refuses(namespaces, ADDRESS);
        }
    }

    @Test
    void givesItsPlacesBackHoweverSessionsEnd() {
        SocketIoSettings hasty = SocketIoSettings.defaults().withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(4));
        try (Namespaces namespaces = new Namespaces(hasty, OutboundLimits.defaults(), SMALL)) {
            for (int i = 0; i < 3; i++) {
                // One is closed for what it sends, one is cut, two are idle; refusals take no place.
                openLater(namespaces).send("4x").awaitClose();
                openLater(namespaces).abort();
                Until.satisfied(
                        () -> assertThat(openByPolling(namespaces, ADDRESS).statusCode())
                                .isEqualTo(200));
                assertThat(openLater(namespaces).awaitClose()).isEqualTo(1008);
            }
            Until.satisfied(() -> assertThat(namespaces.sockets().connections()).isZero());

            IntStream.range(0, SMALL.maxSessions()).forEach(i -> join(namespaces, ADDRESS));
            refuses(namespaces, ADDRESS);
        }
    }

    @Test
    void mayBeRefusedSoOften() {
        try (Namespaces namespaces = limited(SMALL)) {
            namespaces.onConnect = handshake -> {
                if (handshake.auth().has("token")) {
                    return Mono.just(ConnectDecision.accept("anna"));
                }
                refused.incrementAndGet();
                return Mono.just(ConnectDecision.refuse("no token", null));
            };
            // Again if all this takes so long that new attempts are allowed meanwhile.
            Until.satisfied(() -> {
                try (RawSocket waiting = openLater(namespaces)) {
                    guess(namespaces);
                    refuses(namespaces, ADDRESS);
                    waiting.send("40/chat,{\"token\":\"t\"}");
                    assertThat(waiting.closed())
                            .succeedsWithin(Duration.ofSeconds(20))
                            .isEqualTo(1013);
                }
            });
            RawSocket other = namespaces.openFrom(OTHER);
            assertThat((String) other.send("40/chat,{\"token\":\"t\"}").next()).startsWith("40/chat,{");
            RawSocket later = openLater(namespaces);
            assertThat((String) later.send("40/chat,{\"token\":\"t\"}").next()).startsWith("40/chat,{");
        }
    }

    /** Fails until the address may be refused no more. */
    private void guess(Namespaces namespaces) {
        for (int guesses = 0; guesses < SMALL.failuresBurst(); guesses += 4) {
            try (RawSocket guessing = openLater(namespaces)) {
                int before = refused.get();
                guessing.sendWhileOpen(Stream.generate(() -> "40/chat,").limit(4));
                // Closed after some refusals if it was too often.
                Until.satisfied(() -> assertThat(
                                refused.get() >= before + 4 || guessing.closed().isDone())
                        .isTrue());
            }
        }
    }

    /** Opens a session once there is room. */
    private static RawSocket openLater(Namespaces namespaces) {
        AtomicReference<RawSocket> opened = new AtomicReference<>();
        Until.satisfied(() -> assertThat(catchThrowable(() -> opened.set(namespaces.openFrom(ADDRESS))))
                .isNull());
        return opened.get();
    }

    @Test
    void leavesARefusedClientAbleToConnectLater() throws Exception {
        AddressLimits onlyOne = new AddressLimits(1, 1, 0, 1, Duration.ofSeconds(1), 100, 1);
        for (String transport : List.of("websocket", "polling")) {
            try (Namespaces namespaces = limited(onlyOne)) {
                RawSocket first = join(namespaces, "127.0.0.1");
                CompletableFuture<Void> refused = new CompletableFuture<>();
                CompletableFuture<Void> connected = new CompletableFuture<>();
                IO.Options options = IO.Options.builder()
                        .setForceNew(true)
                        .setReconnectionDelay(100)
                        .setReconnectionDelayMax(200)
                        .setTransports(new String[] {transport})
                        .setAuth(Map.of("token", "t"))
                        .build();
                io.socket.client.Socket client = IO.socket(namespaces.server().http("/chat"), options);
                client.on(io.socket.client.Socket.EVENT_CONNECT_ERROR, args -> refused.complete(null));
                client.on(io.socket.client.Socket.EVENT_CONNECT, args -> connected.complete(null));
                client.connect();
                refused.get(10, TimeUnit.SECONDS);

                first.close();

                connected.get(10, TimeUnit.SECONDS);
                client.disconnect();
            }
        }
    }
}
