package dev.parley.conversation;

import dev.parley.platform.test.StubAnswers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;

/**
 * Stands for media-service: has every file that is asked for, but for those whose id begins with a word that says why not. It remembers what it
 * was asked.
 */
final class StubIconFiles {

    private record Refusal(int status, String code) {}

    private static final Map<String, Refusal> REFUSALS = Map.of(
            "foreign", new Refusal(404, "file.not-found"),
            "pending", new Refusal(409, "file.not-ready"),
            "elsewhere", new Refusal(409, "file.already-attached"),
            "text", new Refusal(415, "file.type-not-allowed"),
            "infected", new Refusal(403, "file.infected"),
            "away", new Refusal(503, "service.unavailable"));

    private static final List<JsonNode> CLAIMS = new CopyOnWriteArrayList<>();

    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post("/internal/platform/files/claim", StubIconFiles::claim))
            .bindNow();

    private StubIconFiles() {}

    /** For {@code parley.services.media}. */
    static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    /** What was claimed for a conversation, in order. */
    static List<JsonNode> claimsFor(String conversationId) {
        return CLAIMS.stream()
                .filter(claim -> claim.path("conversationId").asString().equals(conversationId))
                .toList();
    }

    private static Publisher<Void> claim(HttpServerRequest request, HttpServerResponse response) {
        if (!StubAnswers.isOfAService(request)) {
            return StubAnswers.problem(response, 401, "auth.invalid-service-credentials");
        }
        return StubAnswers.byBody(request, body -> {
            CLAIMS.add(body);
            String fileId = body.path("fileId").asString();
            Refusal refusal = REFUSALS.get(fileId.replaceAll("-.*", ""));
            return refusal != null
                    ? StubAnswers.problem(response, refusal.status(), refusal.code())
                    : StubAnswers.json(
                            response,
                            Map.of(
                                    "fileId",
                                    fileId,
                                    "kind",
                                    "IMAGE",
                                    "filename",
                                    "icon.png",
                                    "mimeType",
                                    "image/png",
                                    "size",
                                    1234,
                                    "hasThumbnail",
                                    false,
                                    "processed",
                                    true));
        });
    }
}
