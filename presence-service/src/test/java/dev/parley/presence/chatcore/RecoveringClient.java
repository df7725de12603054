package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.parser.Packet;
import io.socket.parser.Parser;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.WebSocket;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that comes back as the JavaScript client does: under the {@code pid} of its last CONNECT, with the last argument of
 * the last event whose last argument was a string.
 */
final class RecoveringClient implements AutoCloseable {

    /** @param offset null if the event has none */
    record Told(String event, JsonNode body, @Nullable String offset) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final long LONGEST_SECONDS = 30;

    private final Map<String, String> auth = new HashMap<>();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile @Nullable WebSocket wire;
    private volatile @Nullable Socket socket;
    private volatile @Nullable String pid;
    private volatile @Nullable String offset;
    private volatile boolean recovered;
    private volatile CompletableFuture<Void> connected = new CompletableFuture<>();

    RecoveringClient(String userId, String tenantId) {
        auth.put("token", TestTokens.tokenFor(userId, tenantId));
    }

    /** Connects, or comes back. Returns when it has been told what it missed. */
    RecoveringClient connect(int port) {
        begin(port);
        connected.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
        return this;
    }

    /** Begins to connect, or to come back. */
    CompletableFuture<Void> begin(int port) {
        connected = new CompletableFuture<>();
        if (pid != null) {
            auth.put("pid", pid);
            if (offset != null) {
                auth.put("offset", offset);
            }
        }
        IO.Options options = IO.Options.builder()
                .setTransports(new String[] {"websocket"})
                .setAuth(auth)
                .setForceNew(true)
                .setReconnection(false)
                .build();
        options.webSocketFactory = (request, listener) -> {
            WebSocket opened = HTTP.newWebSocket(request, listener);
            wire = opened;
            return opened;
        };
        Socket opened = IO.socket(URI.create("http://127.0.0.1:" + port + "/chat"), options);
        opened.io().on(Manager.EVENT_PACKET, args -> received(opened, (Packet<?>) args[0]));
        socket = opened;
        opened.connect();
        return connected;
    }

    private synchronized void received(Socket from, Packet<?> packet) {
        if (from != socket || !"/chat".equals(packet.nsp)) {
            return;
        }
        if (packet.type == Parser.CONNECT && packet.data instanceof JSONObject reply) {
            String given = reply.optString("pid", null);
            recovered = given != null && given.equals(pid);
            pid = given;
        } else if (packet.type == Parser.EVENT && packet.data instanceof JSONArray args) {
            Object last = args.opt(args.length() - 1);
            String place = args.length() > 1 && last instanceof String text ? text : null;
            if (pid != null && place != null) {
                offset = place;
            }
            String event = args.optString(0);
            told.add(new Told(event, JSON.readTree(args.opt(1).toString()), place));
            if (event.equals("online_users")) {
                connected.complete(null);
            }
        } else if (packet.type == Parser.CONNECT_ERROR) {
            connected.completeExceptionally(new IllegalStateException(String.valueOf(packet.data)));
        }
    }

    /** The network breaks: nobody says goodbye. What is under way is lost. */
    synchronized void cut() {
        socket = null;
        WebSocket broken = wire;
        if (broken != null) {
            broken.cancel();
        }
    }

    /** Whether the server has kept it in its stream when it connected last. */
    boolean isRecovered() {
        return recovered;
    }

    @Nullable String offset() {
        return offset;
    }

    @Nullable String pid() {
        return pid;
    }

    /** As if it stood there. */
    void offset(String other) {
        offset = other;
    }

    void pid(String other) {
        pid = other;
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    List<JsonNode> told(String event) {
        return told.stream()
                .filter(one -> one.event().equals(event))
                .map(Told::body)
                .toList();
    }

    /** What stands in the stream, as text, but for what belongs to its connections. */
    List<String> stream() {
        return told.stream()
                .filter(one -> one.offset() != null)
                .filter(one ->
                        !one.event().equals("online_users") && !one.event().equals("stream_position"))
                .map(one -> one.event() + " " + one.body())
                .toList();
    }

    List<JsonNode> await(String event, int count) {
        Until.satisfied(() -> assertThat(told(event)).as(event).hasSizeGreaterThanOrEqualTo(count));
        return told(event);
    }

    /** Emits and waits for the answer. */
    JsonNode ask(String event, Map<String, ?> argument) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        Socket current = socket;
        assertThat(current).isNotNull();
        current.emit(event, new Object[] {new JSONObject(argument)}, (Ack)
                args -> answer.complete(JSON.readTree(args[0].toString())));
        return answer.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        cut();
    }
}
