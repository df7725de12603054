package dev.parley.notification.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes pushes, and counts by their ids how often each came. Some it refuses, and some it takes only when they come again. */
final class ModelWebhook implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SLOWNESS = Duration.ofMillis(20);
    private static final int LATER = 40;

    private final Map<String, List<String>> bodies = new ConcurrentHashMap<>();
    private final Set<String> askedToComeAgain = ConcurrentHashMap.newKeySet();
    private final AtomicInteger taken = new AtomicInteger();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> request.receive()
                    .aggregate()
                    .asString()
                    .map(body -> answer(request.requestHeaders().get("Parley-Push-Id"), JSON.readTree(body)))
                    .flatMap(status -> Mono.delay(SLOWNESS)
                            .then(response.status(status).send().then())))
            .bindNow();

    private int answer(String encodedId, JsonNode push) {
        String id = UriUtils.decode(encodedId, StandardCharsets.UTF_8);
        if (!push.path("pushId").asString().equals(id)) {
            return 422;
        }
        if (push.path("token").asString().startsWith(ModelPeople.REFUSED_TOKEN)) {
            return 400;
        }
        if (id.hashCode() % LATER == 0 && askedToComeAgain.add(id)) {
            return 503;
        }
        bodies.computeIfAbsent(id, first -> new CopyOnWriteArrayList<>())
                .add(push.path("data").path("body").asString(""));
        taken.incrementAndGet();
        return 204;
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/";
    }

    /** How many pushes were taken, each as often as it came. */
    int taken() {
        return taken.get();
    }

    /** What each push that was taken showed, each time that it came. */
    Map<String, List<String>> bodies() {
        return bodies;
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
