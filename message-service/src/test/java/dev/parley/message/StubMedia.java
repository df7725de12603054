package dev.parley.message;

import dev.parley.platform.test.StubAnswers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;

/** Stands for media-service: knows the files that a test has made, and binds them to conversations. */
final class StubMedia {

    /** What a refusal needs: the status and the error's name. */
    record Refusal(int status, String code) {}

    private static final Map<String, Map<String, Object>> FILES = new ConcurrentHashMap<>();
    private static final Map<String, String> OWNERS = new ConcurrentHashMap<>();
    private static final Map<String, String> CONVERSATIONS = new ConcurrentHashMap<>();
    private static final Map<String, Refusal> REFUSED = new ConcurrentHashMap<>();
    private static final List<JsonNode> ASKED = new CopyOnWriteArrayList<>();
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post("/internal/platform/files/attach", StubMedia::attach))
            .bindNow();

    private StubMedia() {}

    static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    /** A picture that is ready, and not processed. */
    static void picture(String fileId, String ownerId) {
        file(fileId, ownerId, "IMAGE", "image/png", fileId + ".png", Map.of("processed", false));
    }

    static void file(
            String fileId, String ownerId, String kind, String mimeType, String filename, Map<String, ?> more) {
        Map<String, Object> file = new HashMap<>(Map.of(
                "fileId",
                fileId,
                "kind",
                kind,
                "filename",
                filename,
                "mimeType",
                mimeType,
                "size",
                1234,
                "hasThumbnail",
                false,
                "processed",
                true));
        file.putAll(more);
        FILES.put(fileId, file);
        OWNERS.put(fileId, ownerId);
    }

    /** The file is refused from now on; an outage is a refusal with 503. */
    static void refuse(String fileId, int status, String code) {
        REFUSED.put(fileId, new Refusal(status, code));
    }

    static void delete(String fileId) {
        FILES.remove(fileId);
    }

    /** The requests that named a file. */
    static List<JsonNode> asked(String fileId) {
        return ASKED.stream()
                .filter(request -> request.path("fileIds").valueStream().anyMatch(id -> id.asString()
                        .equals(fileId)))
                .toList();
    }

    /** The requests about a conversation. */
    static List<JsonNode> askedIn(String conversationId) {
        return ASKED.stream()
                .filter(request -> request.path("conversationId").asString().equals(conversationId))
                .toList();
    }

    private static Publisher<Void> attach(HttpServerRequest request, HttpServerResponse response) {
        if (!StubAnswers.isOfAService(request)) {
            return StubAnswers.problem(response, 401, "auth.invalid-service-credentials");
        }
        return StubAnswers.byBody(request, body -> {
            ASKED.add(body);
            return attach(body, response);
        });
    }

    private static Mono<Void> attach(JsonNode request, HttpServerResponse response) {
        String conversationId = request.path("conversationId").asString();
        List<Map<String, Object>> files = new ArrayList<>();
        for (JsonNode id : request.path("fileIds")) {
            String fileId = id.asString();
            Refusal refusal = REFUSED.get(fileId);
            if (refusal != null) {
                return refused(response, fileId, refusal);
            }
            Map<String, Object> file = FILES.get(fileId);
            if (file == null || !request.path("senderId").asString().equals(OWNERS.get(fileId))) {
                return refused(response, fileId, new Refusal(404, "file.not-found"));
            }
            if (!CONVERSATIONS.computeIfAbsent(fileId, first -> conversationId).equals(conversationId)) {
                return refused(response, fileId, new Refusal(409, "file.already-attached"));
            }
            files.add(file);
        }
        return StubAnswers.json(response, Map.of("files", files));
    }

    private static Mono<Void> refused(HttpServerResponse response, String fileId, Refusal refusal) {
        Map<String, Object> problem = StubAnswers.problem(refusal.status(), refusal.code());
        if (refusal.status() < 500) {
            problem.put(
                    "violations",
                    List.of(Map.of(
                            "subject",
                            Map.of("kind", "file", "id", fileId),
                            "code",
                            "refused",
                            "message",
                            "is refused by a stub")));
        }
        return StubAnswers.problem(response, refusal.status(), problem);
    }
}
