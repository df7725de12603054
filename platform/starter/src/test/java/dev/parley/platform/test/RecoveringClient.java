package dev.parley.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.parser.Packet;
import io.socket.parser.Parser;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that comes back as the JavaScript client does: under the {@code pid} of its last CONNECT, with the last argument of
 * the last event whose last argument was a string.
 */
public final class RecoveringClient implements AutoCloseable {

    /** @param offset null if the event has none */
    public record Told(
            String event, JsonNode body, @Nullable String offset) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final long LONGEST_SECONDS = 30;

    private final Map<String, String> auth = new HashMap<>();
    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    private final Consumer<Told> hearer;
    private final String[] transports;
    private final Set<CompletableFuture<JsonNode>> unanswered = ConcurrentHashMap.newKeySet();
    private final ReadingGate reading = new ReadingGate();
    private volatile @Nullable Line line;
    private volatile @Nullable Socket socket;
    private volatile @Nullable String pid;
    private volatile @Nullable String offset;
    private volatile boolean recovered;
    private volatile CompletableFuture<Void> connected = new CompletableFuture<>();

    public RecoveringClient(String token) {
        this(token, told -> {});
    }

    /**
     * @param hearer is told everything at once, one by one
     * @param transports the first to begin with; none for WebSocket alone
     */
    public RecoveringClient(String token, Consumer<Told> hearer, String... transports) {
        auth.put("token", token);
        this.hearer = hearer;
        this.transports = transports.length == 0 ? new String[] {"websocket"} : transports;
    }

    /** Connects, or comes back. Returns when it has been told what it missed. */
    public RecoveringClient connect(int port) {
        begin(port);
        connected.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
        return this;
    }

    /** Begins to connect, or to come back. */
    public CompletableFuture<Void> begin(int port) {
        connected = new CompletableFuture<>();
        if (pid != null) {
            auth.put("pid", pid);
            if (offset != null) {
                auth.put("offset", offset);
            }
        }
        IO.Options options = IO.Options.builder()
                .setTransports(transports)
                .setAuth(auth)
                .setForceNew(true)
                .setReconnection(false)
                .build();
        Line way = new Line(reading);
        way.carry(options);
        line = way;
        Socket opened = IO.socket(URI.create("http://127.0.0.1:" + port + "/chat"), options);
        opened.io().on(Manager.EVENT_PACKET, args -> received(opened, (Packet<?>) args[0]));
        opened.io().on(Manager.EVENT_CLOSE, args -> lost(opened));
        opened.io().on(Manager.EVENT_ERROR, args -> lost(opened));
        opened.on(Socket.EVENT_DISCONNECT, args -> lost(opened));
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
            Told one = new Told(event, JSON.readTree(args.opt(1).toString()), place);
            told.add(one);
            hearer.accept(one);
            if (event.equals("online_users")) {
                connected.complete(null);
            }
        } else if (packet.type == Parser.CONNECT_ERROR) {
            connected.completeExceptionally(new IllegalStateException(String.valueOf(packet.data)));
        }
    }

    /** The network breaks: nobody says goodbye. What is under way is lost. */
    public synchronized void cut() {
        Socket before = socket;
        Line broken = line;
        if (broken != null) {
            broken.cut();
        }
        if (before != null) {
            lost(before);
        }
    }

    /** Says goodbye. */
    public synchronized void leave() {
        Socket before = socket;
        if (before != null) {
            socket = null;
            before.disconnect();
        }
    }

    private synchronized void lost(Socket broken) {
        if (broken == socket) {
            socket = null;
            ConnectException loss = new ConnectException("The connection was lost");
            connected.completeExceptionally(loss);
            unanswered.forEach(answer -> answer.completeExceptionally(loss));
        }
    }

    /** Whether the connection is there, as far as it knows. */
    public boolean isConnected() {
        return socket != null && connected.isDone() && !connected.isCompletedExceptionally();
    }

    /** Takes nothing off the network from here on, until it {@link #readOn reads on}. */
    public void stopReading() {
        reading.stop();
    }

    public void readOn() {
        reading.goOn();
    }

    /** Whether the server has kept it in its stream when it connected last. */
    public boolean isRecovered() {
        return recovered;
    }

    public @Nullable String offset() {
        return offset;
    }

    public @Nullable String pid() {
        return pid;
    }

    /** As if it stood there. */
    public void offset(String other) {
        offset = other;
    }

    public void pid(String other) {
        pid = other;
    }

    public List<Told> told() {
        return List.copyOf(told);
    }

    public List<JsonNode> told(String event) {
        return told().stream()
                .filter(one -> one.event().equals(event))
                .map(Told::body)
                .toList();
    }

    /** What stands in the stream, as text, but for what belongs to its connections. */
    public List<String> stream() {
        return told().stream()
                .filter(one -> one.offset() != null)
                .filter(one ->
                        !one.event().equals("online_users") && !one.event().equals("stream_position"))
                .map(one -> one.event() + " " + one.body())
                .toList();
    }

    public List<JsonNode> await(String event, int count) {
        Until.satisfied(() -> assertThat(told(event)).as(event).hasSizeGreaterThanOrEqualTo(count));
        return told(event);
    }

    /** Emits and waits for the answer. */
    public JsonNode ask(String event, Map<String, ?> argument) {
        assertThat(socket).isNotNull();
        return asking(event, argument)
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Emits. The answer fails when the connection is lost before. */
    public synchronized CompletableFuture<JsonNode> asking(String event, Map<String, ?> argument) {
        Socket current = socket;
        if (current == null) {
            return CompletableFuture.failedFuture(new ConnectException("There is no connection"));
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        unanswered.add(answer);
        current.emit(event, new Object[] {new JSONObject(argument)}, (Ack)
                args -> answer.complete(JSON.readTree(args[0].toString())));
        return answer.whenComplete((ack, failure) -> unanswered.remove(answer));
    }

    @Override
    public void close() {
        cut();
    }
}
