package dev.parley.presence.transport;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that knows no protocol above. All waiting is bounded. */
public final class RawSocket implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private WebSocket socket;
    private volatile boolean reading = true;

    private RawSocket() {}

    /** @param headers names and values in turn */
    public static RawSocket open(URI uri, String... headers) {
        RawSocket raw = new RawSocket();
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        raw.socket = builder.buildAsync(uri, raw).join();
        return raw;
    }

    public RawSocket send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    public RawSocket send(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    /** Sends one after another, until the connection is closed. */
    public RawSocket sendWhileOpen(Stream<String> messages) {
        messages.takeWhile(message -> !closed.isDone()).allMatch(this::isSent);
        return this;
    }

    private boolean isSent(String message) {
        try {
            socket.sendText(message, true).join();
            return true;
        } catch (CompletionException closedMeanwhile) {
            return false;
        }
    }

    /** The beginning of a message that does not end. */
    public CompletableFuture<?> sendUnfinished(String beginning) {
        return socket.sendText(beginning, false);
    }

    /** A message in two pieces. */
    public RawSocket sendInPieces(String first, String second) {
        socket.sendText(first, false).join();
        return send(second);
    }

    /** The next message, a string or bytes. */
    public Object next() {
        return next(PATIENCE);
    }

    public Object next(Duration patience) {
        Object message = poll(patience);
        if (message == null) {
            throw new AssertionError("Nothing received within " + patience);
        }
        return message;
    }

    /** The next message that is not an Engine.IO ping; pings are answered. */
    public Object nextButPing() {
        Object message = next();
        while (message.equals("2")) {
            send("3");
            message = next();
        }
        return message;
    }

    public List<Object> next(int count) {
        List<Object> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(nextButPing());
        }
        return messages;
    }

    /** The next message, or null if none came in time. */
    public @Nullable Object poll(Duration patience) {
        try {
            return received.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the server has closed the connection, and gives the code; 1006 if it did without a goodbye. */
    public int awaitClose() {
        return closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Completes with the code when the server has closed the connection; with 1006 if it did without a goodbye. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    /** Reads no more from here on. */
    public void stopReading() {
        reading = false;
    }

    private void requestMore(WebSocket webSocket) {
        if (reading) {
            webSocket.request(1);
        }
    }

    /** Cuts the connection without a goodbye. */
    public void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        requestMore(webSocket);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] piece = new byte[data.remaining()];
        data.get(piece);
        binary.writeBytes(piece);
        if (last) {
            received.add(binary.toByteArray());
            binary.reset();
        }
        requestMore(webSocket);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }
}
