package dev.parley.notification;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes the pushes of the tests' tenant as its webhook, and keeps them. */
final class PushReceiver {

    static final String SECRET = "what the webhook of the tests knows, too";

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<JsonNode> RECEIVED = new CopyOnWriteArrayList<>();
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> request.receive()
                    .aggregate()
                    .asString()
                    .doOnNext(body -> RECEIVED.add(JSON.readTree(body)))
                    .then(response.status(204).send().then()))
            .bindNow();

    private PushReceiver() {}

    static String url() {
        return "http://127.0.0.1:" + SERVER.port() + "/";
    }

    /** What a device was told, in order. */
    static List<JsonNode> of(String token) {
        return RECEIVED.stream()
                .filter(push -> push.path("token").asString("").equals(token))
                .map(push -> push.path("data"))
                .toList();
    }
}
