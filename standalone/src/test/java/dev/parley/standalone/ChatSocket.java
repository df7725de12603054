package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ClosingSockets;
import dev.parley.platform.test.Until;
import dev.parley.standalone.api.EventContract;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.json.JSONArray;
import org.json.JSONObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A device: the Java Socket.IO client in the namespace {@code /chat}, and all that it was told, in order. */
final class ChatSocket implements AutoCloseable {

    /** What the server emitted. */
    record Told(String event, JsonNode body) {}

    /** Refusals after which clients send the same again. */
    static final Set<String> TOO_BUSY = Set.of("socket.overloaded", "service.unavailable");

    private static final JsonMapper JSON = new JsonMapper();
    private static final long LONGEST_SECONDS = 10;

    /** Violations that a failure shows; there is often one with every event. */
    private static final int SHOWN = 5;

    private final Socket socket;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> refused = new CompletableFuture<>();
    private final AtomicInteger connections = new AtomicInteger();

    ChatSocket(String baseUrl, String path, String token, String... transports) {
        this(baseUrl, path, token, false, transports);
    }

    /** @param returns whether it connects again when it lost its connection */
    ChatSocket(String baseUrl, String path, String token, boolean returns, String... transports) {
        IO.Options options = IO.Options.builder()
                .setPath(path)
                .setTransports(transports)
                .setAuth(Map.of("token", "Bearer " + token))
                .setForceNew(true)
                .setReconnection(returns)
                .build();
        options.webSocketFactory = ClosingSockets.FACTORY;
        socket = IO.socket(URI.create(baseUrl + "/chat"), options);
        socket.on(Socket.EVENT_CONNECT, args -> {
            connections.incrementAndGet();
            connected.complete(null);
        });
        socket.on(Socket.EVENT_CONNECT_ERROR, args -> refused.complete(json(args[0])));
        socket.onAnyIncoming(args -> hear(new Told((String) args[0], args.length > 1 ? json(args[1]) : null)));
    }

    private void hear(Told one) {
        EventContract.violations(one.event(), one.body()).stream()
                .map(violation -> one + ": " + violation)
                .forEach(violations::add);
        told.add(one);
    }

    ChatSocket connect() {
        socket.connect();
        connected.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
        return this;
    }

    boolean isConnected() {
        return socket.connected();
    }

    /** How often it has connected. */
    int connections() {
        return connections.get();
    }

    /** Tries to connect, and gives the reason of the refusal. */
    JsonNode connectRefused() {
        socket.connect();
        return refused.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Emits and waits for the answer. */
    JsonNode ask(String event, Object argument) {
        return asking(event, argument)
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** @param argument a map, a list or a string */
    CompletableFuture<JsonNode> asking(String event, Object argument) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        socket.emit(event, new Object[] {JSONObject.wrap(argument)}, (Ack) args -> answer.complete(json(args[0])));
        return answer.thenApply(ack -> {
            assertThat(EventContract.violationsOfAnswer(event, ack))
                    .as("%s: %s", event, ack)
                    .isEmpty();
            return ack;
        });
    }

    /** Like {@link #ask}, and the answer must be good. */
    JsonNode succeed(String event, Object argument) {
        JsonNode ack = ask(event, argument);
        assertThat(ack.path("success").asBoolean())
                .as("%s %s: %s", event, argument, ack)
                .isTrue();
        return ack;
    }

    /** Sends a text, again while the platform is too busy, as clients do, and gives the stored message. */
    JsonNode send(String conversationId, String text) {
        Map<String, String> message =
                Map.of("conversationId", conversationId, "text", text, "tempId", "temp-" + Ids.next());
        AtomicReference<JsonNode> ack = new AtomicReference<>(ask("send_message", message));
        if (TOO_BUSY.contains(ack.get().path("code").asString(""))) {
            Until.satisfied(() -> ack.set(succeed("send_message", message)));
        }
        assertThat(ack.get().path("success").asBoolean())
                .as("%s: %s", message, ack)
                .isTrue();
        return ack.get().path("message");
    }

    List<JsonNode> told(String event) {
        return told.stream()
                .filter(one -> one.event().equals(event))
                .map(Told::body)
                .toList();
    }

    /** Everything that it was told, in order. */
    List<Told> told() {
        return List.copyOf(told);
    }

    /** Waits until it was told this often, and gives what it was told by then. */
    List<JsonNode> await(String event, int count) {
        Until.satisfied(() -> {
            if (told(event).size() < count) {
                throw new AssertionError("Told of " + event + " " + told(event).size() + " times, not " + count);
            }
        });
        return told(event);
    }

    private static JsonNode json(Object value) {
        return value instanceof JSONObject || value instanceof JSONArray
                ? JSON.readTree(value.toString())
                : JSON.valueToTree(String.valueOf(value));
    }

    /** Fails if it was told anything that is not as it is documented. */
    @Override
    public void close() {
        socket.disconnect();
        assertThat(violations.stream().limit(SHOWN)).isEmpty();
    }

    static void closeAll(ChatSocket... sockets) {
        Arrays.stream(sockets).forEach(ChatSocket::close);
    }
}
