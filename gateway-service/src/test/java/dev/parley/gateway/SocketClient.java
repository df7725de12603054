package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ConfigurableApplicationContext;

/** A WebSocket client of a gateway. */
final class SocketClient implements WebSocket.Listener {

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    private volatile long closedAt;

    static SocketClient connect(ConfigurableApplicationContext gateway, String path, String... subprotocols) {
        SocketClient client = new SocketClient();
        WebSocket.Builder builder = GatewayTest.HTTP.newWebSocketBuilder().connectTimeout(GatewayTest.TIMEOUT);
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        client.socket = builder.buildAsync(GatewayTest.at(gateway, "ws", path), client)
                .orTimeout(GatewayTest.TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        return client;
    }

    WebSocket socket() {
        return socket;
    }

    /** The status that the socket was closed with, or -1 if it broke; null if it is open yet. */
    Integer closeStatus() throws InterruptedException {
        return closed.poll(GatewayTest.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    long closedAt() {
        return closedAt;
    }

    void send(String message) {
        socket.sendText(message, true)
                .orTimeout(GatewayTest.TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    String next() throws InterruptedException {
        return messages.poll(GatewayTest.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    void close() throws InterruptedException {
        socket.sendClose(1000, "")
                .orTimeout(GatewayTest.TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        assertThat(closed.poll(GatewayTest.TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(1000);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        partial.append(part);
        if (last) {
            messages.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closedAt = System.nanoTime();
        closed.add(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.add(-1);
    }
}
