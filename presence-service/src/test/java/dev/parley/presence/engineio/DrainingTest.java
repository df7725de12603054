package dev.parley.presence.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.platform.test.Until;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.RawSocket;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DrainingTest {

    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final int SOCKETS = 20;

    private record Closing(int socket, int code, Duration after) {}

    @Test
    void refusesNewSessionsAndServesTheOpenOnesWhileDraining() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawSocket here = sessions.socket();
            sessions.engine().drain(Duration.ofMinutes(1), CloseReason.SHUTDOWN).subscribe();

            HttpResponse<String> polling =
                    RawPolling.call("GET", sessions.server().http("/engine.io/?EIO=4&transport=polling"), "");
            Throwable webSocket = catchThrowable(sessions::socket);

            assertThat(polling.statusCode()).isEqualTo(503);
            assertThat(polling.headers().firstValue("Retry-After")).contains("1");
            assertThat(((WebSocketHandshakeException) webSocket.getCause())
                            .getResponse()
                            .statusCode())
                    .isEqualTo(503);
            sessions.session().send(EngineIoTestServer.HELLO);
            assertThat(here.next()).isEqualTo("4hello");
        }
    }

    @Test
    void closesSessionsInRandomOrderSpreadOverTheWindow() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            List<RawSocket> sockets = new ArrayList<>();
            for (int i = 0; i < SOCKETS; i++) {
                sockets.add(sessions.socket());
            }
            ExecutorService watchers = Executors.newCachedThreadPool();
            List<Closing> closings = Collections.synchronizedList(new ArrayList<>());
            long began = System.nanoTime();
            for (int i = 0; i < SOCKETS; i++) {
                int socket = i;
                CompletableFuture.supplyAsync(() -> sockets.get(socket).awaitClose(), watchers)
                        .thenAccept(code ->
                                closings.add(new Closing(socket, code, Duration.ofNanos(System.nanoTime() - began))));
            }

            sessions.engine().drain(WINDOW, CloseReason.SHUTDOWN).block(Duration.ofSeconds(20));

            Until.satisfied(() -> assertThat(closings).hasSize(SOCKETS));
            assertThat(closings).extracting(Closing::code).containsOnly(1012);
            assertThat(closings).extracting(Closing::socket).isNotEqualTo(order());
            for (int i = 0; i < SOCKETS; i++) {
                assertThat(closings.get(i).after())
                        .isGreaterThan(WINDOW.multipliedBy(i).dividedBy(SOCKETS));
            }
            assertThat(closings.get(SOCKETS - 1).after().minus(closings.get(0).after()))
                    .isGreaterThan(WINDOW.dividedBy(4));
            watchers.shutdownNow();
        }
    }

    @Test
    void closesAllSessionsAtOnceWithoutAWindow() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawSocket socket = sessions.socket();
            RawPolling polling = sessions.poller();

            sessions.engine().drain(Duration.ZERO, CloseReason.SHUTDOWN).block(Duration.ofSeconds(10));

            assertThat(socket.awaitClose()).isEqualTo(1012);
            assertThat(polling.poll().body()).isEqualTo("1");
        }
    }

    @Test
    void endsEarlyWhenAllSessionsAreGone() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            sessions.engine().drain(Duration.ofMinutes(1), CloseReason.SHUTDOWN).block(Duration.ofSeconds(10));

            assertThat(sessions.engine().sessions()).isZero();
        }
    }

    private static List<Integer> order() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            order.add(i);
        }
        return order;
    }
}
