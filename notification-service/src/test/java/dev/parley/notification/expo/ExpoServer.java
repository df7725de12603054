package dev.parley.notification.expo;

import dev.parley.platform.test.StubAnswers;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Expo's push service on this machine. It refuses what the real one refuses. A token {@code ExponentPushToken[Error]} has a ticket with that error;
 * {@code ExponentPushToken[receipt-Error]} has a receipt with it, {@code [later]} none yet, and {@code [whole-Code]} has the whole request refused.
 */
final class ExpoServer implements AutoCloseable {

    static final String ACCESS_TOKEN = "access-token-of-the-tests";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_MESSAGE = 4_096;

    final List<List<JsonNode>> requests = new CopyOnWriteArrayList<>();
    final List<Integer> asked = new CopyOnWriteArrayList<>();
    final List<String> complaints = new CopyOnWriteArrayList<>();
    final List<Boolean> compressed = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile String retryAfter = "";

    private final Map<String, String> tokensById = new ConcurrentHashMap<>();
    private final DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();

    String url() {
        return "http://127.0.0.1:" + server.port() + "/--/api/v2/push";
    }

    static String token(String name) {
        return "ExponentPushToken[" + name + "]";
    }

    private static String name(String token) {
        return token.substring("ExponentPushToken[".length(), token.length() - 1);
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asByteArray().flatMap(body -> {
            if (status != 200) {
                if (!retryAfter.isEmpty()) {
                    response.header("Retry-After", retryAfter);
                }
                return StubAnswers.json(response, status, Map.of("errors", List.of(Map.of("code", "SAID"))));
            }
            try {
                JsonNode json = JSON.readTree(plain(request.requestHeaders(), body));
                return request.path().endsWith("/send") ? tickets(json, response) : receipts(json, response);
            } catch (Exception wrong) {
                complaints.add(wrong.toString());
                return StubAnswers.json(response, 400, Map.of("errors", List.of(Map.of("code", "VALIDATION_ERROR"))));
            }
        });
    }

    private byte[] plain(HttpHeaders headers, byte[] body) throws Exception {
        require(("Bearer " + ACCESS_TOKEN).equals(headers.get("Authorization")), "no access token");
        require("application/json".equals(headers.get("Content-Type")), "no JSON");
        boolean gzip = "gzip".equals(headers.get("Content-Encoding"));
        compressed.add(gzip);
        return gzip ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
    }

    private Mono<Void> tickets(JsonNode messages, HttpServerResponse response) {
        require(messages.size() > 0 && messages.size() <= 100, messages.size() + " messages");
        List<JsonNode> taken = new ArrayList<>();
        List<Object> tickets = new ArrayList<>();
        String whole = null;
        for (JsonNode message : messages) {
            String token = message.path("to").asString("");
            require(token.startsWith("ExponentPushToken["), "no token");
            require(JSON.writeValueAsBytes(message).length <= MAX_MESSAGE, "a message that is too big");
            require(
                    List.of("high", "normal", "default")
                            .contains(message.path("priority").asString("")),
                    "priority");
            String name = name(token);
            if (name.startsWith("whole-")) {
                whole = name.substring("whole-".length());
            }
            taken.add(message);
            if (Character.isUpperCase(name.charAt(0))) {
                tickets.add(error(name));
            } else {
                String id = "ticket-" + tokensById.size();
                tokensById.put(id, name);
                tickets.add(Map.of("status", "ok", "id", id));
            }
        }
        if (whole != null) {
            return StubAnswers.json(response, 400, Map.of("errors", List.of(Map.of("code", whole))));
        }
        requests.add(taken);
        return StubAnswers.json(response, 200, Map.of("data", tickets));
    }

    private Mono<Void> receipts(JsonNode body, HttpServerResponse response) {
        JsonNode ids = body.path("ids");
        require(ids.size() > 0 && ids.size() <= 1_000, ids.size() + " ids");
        asked.add(ids.size());
        Map<String, Object> receipts = new LinkedHashMap<>();
        for (JsonNode id : ids) {
            String name = tokensById.getOrDefault(id.asString(), "later");
            if (name.startsWith("receipt-")) {
                receipts.put(id.asString(), error(name.substring("receipt-".length())));
            } else if (!name.equals("later")) {
                receipts.put(id.asString(), Map.of("status", "ok"));
            }
        }
        return StubAnswers.json(response, 200, Map.of("data", receipts));
    }

    private static Map<String, Object> error(String error) {
        return Map.of("status", "error", "message", "words", "details", Map.of("error", error));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
