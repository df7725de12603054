package dev.parley.message;

import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestTokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;

/** Stands for conversation-service: answers who may do what, as it was told. */
final class StubConversations {

    /** What the id of a conversation begins with of whose members nothing can be said. */
    static final String BROKEN = "broken-";

    /** What a member may do; each method gives one who may do less or more. */
    record Membership(
            List<Map<String, Long>> windows,
            boolean active,
            boolean maySend,
            boolean admin,
            List<String> actions,
            long editSeconds,
            long deleteSeconds) {

        private static final List<String> MEMBER_ACTIONS = List.of("READ", "SEND", "CHANGE_MESSAGES");

        static final Membership FULL =
                new Membership(List.of(window(1, null)), true, true, false, MEMBER_ACTIONS, 900, 1800);

        /** Sees the positions from and to which are given in pairs, and is no member any more. */
        static Membership former(long... positions) {
            List<Map<String, Long>> windows = new ArrayList<>();
            for (int i = 0; i < positions.length; i += 2) {
                windows.add(window(positions[i], positions[i + 1]));
            }
            return new Membership(windows, false, false, false, List.of("READ"), 900, 1800);
        }

        /** A former member who is back from a position on. */
        Membership back(long fromSeq) {
            List<Map<String, Long>> more = new ArrayList<>(windows);
            more.add(window(fromSeq, null));
            return new Membership(more, true, true, false, MEMBER_ACTIONS, 900, 1800);
        }

        Membership asAdmin() {
            return new Membership(windows, active, maySend, true, actions, editSeconds, deleteSeconds);
        }

        /** Only admins may send in the conversation. */
        Membership readOnly() {
            return new Membership(
                    windows, active, false, admin, List.of("READ", "CHANGE_MESSAGES"), editSeconds, deleteSeconds);
        }

        /** The membership has permissions, and they allow nothing but to read. */
        Membership permittedToRead() {
            return new Membership(windows, active, false, false, List.of("READ"), editSeconds, deleteSeconds);
        }

        Membership within(long edit, long delete) {
            return new Membership(windows, active, maySend, admin, actions, edit, delete);
        }

        private static Map<String, Long> window(long fromSeq, Long toSeq) {
            Map<String, Long> window = new HashMap<>();
            window.put("fromSeq", fromSeq);
            if (toSeq != null) {
                window.put("toSeq", toSeq);
            }
            return window;
        }
    }

    private record Key(String conversationId, String userId) {}

    private static final Map<Key, Membership> MEMBERS = new ConcurrentHashMap<>();
    private static final Map<Key, AtomicInteger> ASKED = new ConcurrentHashMap<>();
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get("/internal/conversations/{id}/access", StubConversations::access)
                    .get("/internal/access", StubConversations::all)
                    .post("/internal/platform/conversations/{id}/members/among", StubConversations::among)
                    .get("/internal/platform/conversations/{id}/pointers", StubConversations::pointers)
                    .post("/internal/platform/deliveries", StubConversations::deliveries))
            .bindNow();

    private static final Map<String, List<Map<String, ?>>> POINTERS = new ConcurrentHashMap<>();
    private static final List<JsonNode> DELIVERIES = new CopyOnWriteArrayList<>();
    private static final Set<String> UNWELL = ConcurrentHashMap.newKeySet();
    private static final Map<String, PendingEvent> UNPUBLISHED = new ConcurrentHashMap<>();

    private StubConversations() {}

    static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    static void admit(String conversationId, String... userIds) {
        for (String userId : userIds) {
            admit(conversationId, userId, Membership.FULL);
        }
    }

    static void admit(String conversationId, String userId, Membership membership) {
        MEMBERS.put(new Key(conversationId, userId), membership);
    }

    /** The creation of a conversation is not published yet; null for one that is. */
    static void unpublished(String conversationId, @Nullable PendingEvent creation) {
        if (creation == null) {
            UNPUBLISHED.remove(conversationId);
        } else {
            UNPUBLISHED.put(conversationId, creation);
        }
    }

    /** How often somebody's access to a conversation was asked for. */
    static int asked(String conversationId, String userId) {
        return Optional.ofNullable(ASKED.get(new Key(conversationId, userId)))
                .map(AtomicInteger::get)
                .orElse(0);
    }

    private static Publisher<Void> among(HttpServerRequest request, HttpServerResponse response) {
        String id = request.param("id");
        if (id.startsWith(BROKEN)) {
            return response.status(500).send().then();
        }
        return StubAnswers.byBody(request, body -> {
            List<String> members = body.get("userIds")
                    .valueStream()
                    .map(JsonNode::asString)
                    .filter(userId -> {
                        Membership membership = MEMBERS.get(new Key(id, userId));
                        return membership != null && membership.active();
                    })
                    .toList();
            return StubAnswers.json(response, Map.of("userIds", members));
        });
    }

    /** Tells how far the members, and former ones with a {@code toSeq}, have come. What is null is left out, as conversation-service does. */
    static void point(String conversationId, List<Map<String, ?>> members) {
        List<Map<String, ?>> known = new ArrayList<>();
        members.forEach(member -> {
            Map<String, Object> position = new HashMap<>(member);
            position.values().removeIf(Objects::isNull);
            position.putIfAbsent("skipped", List.of());
            known.add(position);
        });
        POINTERS.put(conversationId, known);
    }

    /** Does not tell any more how far the members of the conversation have come. */
    static void stopTelling(String conversationId) {
        UNWELL.add(conversationId);
    }

    /** The deliveries in a conversation of which it was told, in order. */
    static List<JsonNode> deliveries(String conversationId) {
        return DELIVERIES.stream()
                .filter(each -> each.path("conversationId").asString().equals(conversationId))
                .toList();
    }

    private static Mono<Void> pointers(HttpServerRequest request, HttpServerResponse response) {
        String id = request.param("id");
        if (!StubAnswers.isOfAService(request) || UNWELL.contains(id)) {
            return response.status(500).send();
        }
        List<Map<String, ?>> members = POINTERS.getOrDefault(id, List.of());
        List<Map<String, ?>> present =
                members.stream().filter(member -> !member.containsKey("toSeq")).toList();
        List<Map<String, ?>> former =
                members.stream().filter(member -> member.containsKey("toSeq")).toList();
        return StubAnswers.json(
                response, Map.of("members", present, "former", former, "participantCount", present.size()));
    }

    private static Publisher<Void> deliveries(HttpServerRequest request, HttpServerResponse response) {
        if (!StubAnswers.isOfAService(request)) {
            return StubAnswers.problem(response, 401, "auth.invalid-service-credentials");
        }
        return StubAnswers.byBody(request, body -> {
            body.path("deliveries").forEach(DELIVERIES::add);
            return response.status(204).send();
        });
    }

    private static Mono<Void> access(HttpServerRequest request, HttpServerResponse response) {
        Key key = new Key(request.param("id"), caller(request));
        ASKED.computeIfAbsent(key, first -> new AtomicInteger()).incrementAndGet();
        Membership member = MEMBERS.get(key);
        if (member == null) {
            return StubAnswers.problem(response, 403, "conversation.not-a-member");
        }
        Map<String, Object> view = new HashMap<>(Map.of(
                "conversationId", key.conversationId(),
                "userId", key.userId(),
                "kind", "GROUP",
                "windows", member.windows(),
                "active", member.active(),
                "maySend", member.maySend(),
                "admin", member.admin(),
                "actions", member.actions(),
                "editWindowSeconds", member.editSeconds(),
                "deleteWindowSeconds", member.deleteSeconds()));
        PendingEvent creation = UNPUBLISHED.get(key.conversationId());
        if (creation != null) {
            view.put("creation", creation);
        }
        return StubAnswers.json(response, view);
    }

    private static Mono<Void> all(HttpServerRequest request, HttpServerResponse response) {
        String userId = caller(request);
        List<Map<String, ?>> found = new ArrayList<>();
        MEMBERS.forEach((key, member) -> {
            if (key.userId().equals(userId)) {
                found.add(Map.of(
                        "conversationId",
                        key.conversationId(),
                        "windows",
                        member.windows(),
                        "active",
                        member.active()));
            }
        });
        return StubAnswers.json(response, Map.of("conversations", found));
    }

    private static String caller(HttpServerRequest request) {
        return TestTokens.userOf(request.requestHeaders().get("Authorization").substring("Bearer ".length()));
    }
}
