package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user's device: the Java Socket.IO client in the namespace {@code /chat}, and all that it was told, in order. */
public final class Device implements AutoCloseable {

    record Told(String event, JsonNode body) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final long LONGEST_SECONDS = 20;

    private final String userId;
    private final Socket socket;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> refused = new CompletableFuture<>();

    private Device(int port, String userId, String tenantId, String transport) {
        this.userId = userId;
        IO.Options options = IO.Options.builder()
                .setTransports(new String[] {transport})
                .setAuth(Map.of("token", TestTokens.tokenFor(userId, tenantId)))
                .setForceNew(true)
                .setReconnection(false)
                .build();
        socket = IO.socket(URI.create("http://127.0.0.1:" + port + "/chat"), options);
        socket.on(Socket.EVENT_DISCONNECT, args -> closed.complete(String.valueOf(args[0])));
        socket.on(Socket.EVENT_CONNECT_ERROR, args -> refused.complete(json(args[0])));
        socket.onAnyIncoming(args -> told.add(new Told((String) args[0], args.length > 1 ? json(args[1]) : null)));
    }

    /** Connects, and is in all its rooms when this returns. */
    static Device of(int port, String userId, String tenantId, String transport) {
        Device device = new Device(port, userId, tenantId, transport);
        device.socket.connect();
        device.await("online_users", 1);
        return device;
    }

    /** Tries to connect, and gives the reason of the refusal. */
    static JsonNode refused(int port, String userId, String tenantId) {
        Device device = new Device(port, userId, tenantId, "websocket");
        device.socket.connect();
        return device.refused.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Waits until the server has closed it. */
    void awaitClosed() {
        assertThat(closed.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join()).isEqualTo("io server disconnect");
    }

    String userId() {
        return userId;
    }

    /** Emits and waits for the answer. */
    JsonNode ask(String event, Object argument) {
        return asking(event, argument).join();
    }

    /** Emits, and will have the answer. */
    CompletableFuture<JsonNode> asking(String event, Object argument) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        Object json = argument instanceof Map<?, ?> map ? new JSONObject(map) : argument;
        socket.emit(event, new Object[] {json}, (Ack) args -> answer.complete(json(args[0])));
        return answer.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    /** Emits without asking for an answer. */
    void say(String event, Map<String, ?> argument) {
        socket.emit(event, new JSONObject(argument));
    }

    /** Emits what must succeed. */
    JsonNode succeed(String event, Object argument) {
        JsonNode ack = ask(event, argument);
        assertThat(ack.path("success").asBoolean(false)).as("%s", ack).isTrue();
        return ack;
    }

    /** Emits what must fail, and gives why. */
    String fail(String event, Object argument) {
        JsonNode ack = ask(event, argument);
        assertThat(ack.path("success").asBoolean(true)).as("%s", ack).isFalse();
        assertThat(ack.path("error").asString("")).isNotEmpty();
        return ack.path("code").asString();
    }

    List<JsonNode> told(String event) {
        return told.stream()
                .filter(one -> one.event().equals(event))
                .map(Told::body)
                .toList();
    }

    /** The names of what it was told, without what the connection itself brings. */
    List<String> events() {
        return told.stream()
                .map(Told::event)
                .filter(event ->
                        !event.startsWith("online_") && !event.startsWith("user_") && !event.equals("stream_position"))
                .toList();
    }

    /** Waits until it was told this often, and gives what it was told by then. */
    public List<JsonNode> await(String event, int count) {
        Until.satisfied(() -> assertThat(told(event)).as(event).hasSizeGreaterThanOrEqualTo(count));
        return told(event);
    }

    public JsonNode awaitOne(String event) {
        return await(event, 1).get(0);
    }

    private static JsonNode json(Object value) {
        return value instanceof JSONObject || value instanceof JSONArray
                ? JSON.readTree(value.toString())
                : JSON.valueToTree(String.valueOf(value));
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
