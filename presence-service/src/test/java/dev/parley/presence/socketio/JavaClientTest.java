package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.transport.EventLoopGuard;
import io.socket.client.Ack;
import io.socket.client.IO;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** The protocol's own Java client. */
@ExtendWith(EventLoopGuard.class)
class JavaClientTest {

    private static final SocketIoSettings PREFIXED =
            SocketIoSettings.defaults().withPaths("/socket.io", "/chat-api/socket.io");

    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    private Object next() throws InterruptedException {
        Object next = seen.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private io.socket.client.Socket client(Namespaces namespaces, String path, String... transports) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setPath(path)
                .setTransports(transports)
                .setAuth(Map.of("token", "t"))
                .build();
        URI uri = namespaces.server().http("/chat");
        io.socket.client.Socket client = IO.socket(uri, options);
        client.on(io.socket.client.Socket.EVENT_CONNECT, args -> seen.add("connected"));
        client.on(io.socket.client.Socket.EVENT_CONNECT_ERROR, args -> seen.add(args[0]));
        client.on(io.socket.client.Socket.EVENT_DISCONNECT, args -> seen.add(args[0]));
        client.on("new_message", args -> seen.add(List.of(args)));
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void worksOverEveryTransport(String transports) throws Exception {
        try (Namespaces namespaces = new Namespaces(PREFIXED)) {
            io.socket.client.Socket client = client(namespaces, "/chat-api/socket.io", transports.split(","));
            client.connect();
            assertThat(next()).isEqualTo("connected");
            Socket socket = namespaces.socket();
            assertThat(socket.handshake().auth().get("token").asString()).isEqualTo("t");

            client.emit("send_message", new Object[] {"hé", new byte[] {1, 2}}, (Ack) args -> seen.add(List.of(args)));
            Object answer = next();
            assertThat(answer).isInstanceOf(List.class);
            List<?> ack = (List<?>) answer;
            assertThat(ack.get(0)).isEqualTo("hé");
            assertThat((byte[]) ack.get(1)).containsExactly(1, 2);
            for (int i = 0; i < 200; i++) {
                socket.emit("new_message", i);
            }
            for (int i = 0; i < 200; i++) {
                assertThat(next()).isEqualTo(List.of(i));
            }

            socket.disconnect();
            assertThat(next()).isEqualTo("io server disconnect");
            client.close();
        }
    }

    @Test
    void learnsWhyItIsRefused() throws Exception {
        try (Namespaces namespaces = Namespaces.withDefaults()) {
            namespaces.onConnect = handshake ->
                    Mono.just(ConnectDecision.refuse("not authorized", Map.of("code", "auth.expired-token")));
            io.socket.client.Socket client = client(namespaces, "/socket.io", "websocket");
            client.connect();

            JSONObject error = (JSONObject) next();

            assertThat(error.getString("message")).isEqualTo("not authorized");
            assertThat(error.getJSONObject("data").getString("code")).isEqualTo("auth.expired-token");
            client.close();
        }
    }
}
