package dev.parley.media;

import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestTokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Stands for conversation-service: answers who may see and do what, as it was told. */
public final class StubConversations {

    /** What the id of a conversation begins with of whose members nothing can be said. */
    static final String BROKEN = "broken-";

    /** @param toSeq the last message that is seen; null for all to come */
    record Member(long fromSeq, @Nullable Long toSeq, boolean maySend, boolean admin) {

        static final Member FULL = new Member(1, null, true, false);
        static final Member ADMIN = new Member(1, null, true, true);

        /** Was removed after a message. */
        static Member until(long seq) {
            return new Member(1, seq, false, false);
        }

        private Map<String, Object> window() {
            Map<String, Object> window = new HashMap<>(Map.of("fromSeq", fromSeq));
            if (toSeq != null) {
                window.put("toSeq", toSeq);
            }
            return window;
        }
    }

    private record Key(String conversationId, String userId) {}

    private static final Map<Key, Member> MEMBERS = new ConcurrentHashMap<>();
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get("/internal/conversations/{id}/access", StubConversations::access))
            .bindNow();

    private StubConversations() {}

    static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    public static void admit(String conversationId, String... userIds) {
        for (String userId : userIds) {
            admit(conversationId, userId, Member.FULL);
        }
    }

    static void admit(String conversationId, String userId, Member member) {
        MEMBERS.put(new Key(conversationId, userId), member);
    }

    private static Mono<Void> access(HttpServerRequest request, HttpServerResponse response) {
        String conversationId = request.param("id");
        if (conversationId.startsWith(BROKEN)) {
            return response.status(500).send();
        }
        String userId =
                TestTokens.userOf(request.requestHeaders().get("Authorization").substring("Bearer ".length()));
        Member member = MEMBERS.get(new Key(conversationId, userId));
        if (member == null) {
            return StubAnswers.problem(response, 403, "conversation.not-a-member");
        }
        return StubAnswers.json(
                response,
                Map.of(
                        "conversationId",
                        conversationId,
                        "userId",
                        userId,
                        "kind",
                        "GROUP",
                        "windows",
                        List.of(member.window()),
                        "active",
                        member.toSeq() == null,
                        "maySend",
                        member.maySend(),
                        "admin",
                        member.admin(),
                        "actions",
                        List.of("READ"),
                        "editWindowSeconds",
                        900,
                        "deleteWindowSeconds",
                        1800));
    }
}
