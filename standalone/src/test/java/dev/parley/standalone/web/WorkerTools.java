package dev.parley.standalone.web;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks with the service worker of a site by the browser's debugging protocol: no page can give it a push. */
final class WorkerTools implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String site;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Map<String, String> registrations = new ConcurrentHashMap<>();
    private final String page;

    /**
     * @param debugger host and port of the browser's debugger
     * @param site an origin of which a page is open
     */
    WorkerTools(String debugger, String site) throws Exception {
        this.site = site;
        HttpClient http = HttpClient.newHttpClient();
        JsonNode version = JSON.readTree(http.send(
                        HttpRequest.newBuilder(URI.create("http://" + debugger + "/json/version"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(version.path("webSocketDebuggerUrl").asString()), new Listener())
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        page = attach("page");
        call("ServiceWorker.enable", Map.of(), page);
    }

    /** Gives the worker a push with this content, as a push service does once it is decrypted. */
    void push(String content) {
        await().atMost(PATIENCE).until(() -> registrations.containsKey(site + "/"));
        call(
                "ServiceWorker.deliverPushMessage",
                Map.of("origin", site, "registrationId", registrations.get(site + "/"), "data", content),
                page);
    }

    /** The value of an expression in the worker, which runs: it was given something lately. */
    JsonNode evaluate(String expression) {
        JsonNode answer = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true),
                attach("service_worker"));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    private String attach(String type) {
        JsonNode target = await().atMost(PATIENCE)
                .until(
                        () -> call("Target.getTargets", Map.of(), null)
                                .path("targetInfos")
                                .valueStream()
                                .filter(each -> each.path("type").asString().equals(type)
                                        && each.path("url").asString().startsWith(site))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        return call(
                        "Target.attachToTarget",
                        Map.of("targetId", target.path("targetId").asString(), "flatten", true),
                        null)
                .path("sessionId")
                .asString();
    }

    private JsonNode call(String method, Map<String, ?> parameters, @Nullable String session) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answered = new CompletableFuture<>();
        answers.put(id, answered);
        Map<String, Object> message = new HashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        socket.sendText(JSON.writeValueAsString(message), true);
        JsonNode answer =
                answered.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (answer.has("error")) {
            throw new AssertionError(method + ": " + answer.path("error"));
        }
        return answer.path("result");
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder begun = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            begun.append(part);
            if (isLast) {
                heard(JSON.readTree(begun.toString()));
                begun.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void heard(JsonNode message) {
            CompletableFuture<JsonNode> answered =
                    answers.remove(message.path("id").asInt(0));
            if (answered != null) {
                answered.complete(message);
            }
            message.path("params").path("registrations").forEach(each -> {
                if (!each.path("isDeleted").asBoolean(false)) {
                    registrations.put(
                            each.path("scopeURL").asString(),
                            each.path("registrationId").asString());
                }
            });
        }
    }
}
