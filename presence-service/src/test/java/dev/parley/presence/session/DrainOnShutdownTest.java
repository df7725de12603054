package dev.parley.presence.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.socketio.SocketIoServer;
import dev.parley.presence.socketio.SocketIoSettings;
import dev.parley.presence.transport.LiveServer;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.transport.RawSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DrainOnShutdownTest {

    @Test
    void completesTheStopOnceAllConnectionsWereClosedAndCanStartAgain() throws Exception {
        try (LiveServer server = new LiveServer(2, OutboundLimits.defaults())) {
            SocketIoServer sockets = new SocketIoServer(
                    SocketIoSettings.defaults(), JsonMapper.shared(), server.fanout(), server.addresses());
            server.serve(0, List.of(sockets.handlerMapping()));
            RawSocket socket = RawSocket.open(server.webSocket("/socket.io/?EIO=4&transport=websocket"));
            socket.next();
            DrainOnShutdown shutdown = new DrainOnShutdown(sockets, Duration.ofMillis(300));
            shutdown.start();
            CompletableFuture<Void> done = new CompletableFuture<>();
            long began = System.nanoTime();

            shutdown.stop(() -> done.complete(null));

            done.get(10, TimeUnit.SECONDS);
            assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(250));
            assertThat(shutdown.isRunning()).isFalse();
            assertThat(socket.awaitClose()).isEqualTo(1012);

            shutdown.start();
            assertThat(RawSocket.open(server.webSocket("/socket.io/?EIO=4&transport=websocket"))
                            .next())
                    .isNotNull();
        }
    }
}
