package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.ConversationKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestFileUrls;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.trace.TraceSpan;
import dev.parley.surface.chatcore.ConversationView;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.ParticipantView;
import dev.parley.surface.chatcore.SettingsView;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Stands for message-service and conversation-service: knows the memberships that a test sets up, answers as they do, and
 * remembers what it was asked. A call without the right credentials is refused.
 */
final class StubServices {

    static final String FOREIGN = "foreign";

    private static final Instant WHEN = Instant.parse("2026-01-01T00:00:00Z");

    /** 60 KB. */
    private static final String LONG = "€".repeat(20_000);

    private static final String PLATFORM = "/internal/platform";

    /** @param user in whose name; empty for the platform's */
    record Call(String method, String uri, String user, JsonNode body) {}

    /** What a member has of a conversation. */
    record Member(boolean active, long unread, long fromSeq) {}

    private record Answer(int status, @Nullable Object body) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();

    /** Those that calls came with, by the address of the call. */
    final Map<String, String> traceparents = new ConcurrentHashMap<>();

    /** By conversation, then by user. */
    final Map<String, Map<String, Member>> members = new ConcurrentHashMap<>();

    /** Those of the conversations that members have taken out of their lists, as conversation/user. */
    final Set<String> hidden = ConcurrentHashMap.newKeySet();

    /** How many reports of deliveries are refused before one is taken. */
    volatile int deliveriesToRefuse;

    /** How many questions for views are refused before one is answered. */
    volatile int viewsToRefuse;

    /** Whether message-service is of a version without direct routes. */
    volatile boolean older;

    /** Until when an answer to a question for views is under way. */
    volatile Mono<Void> viewsArrive = Mono.empty();

    /** Until when an answer to a request of a client is under way, by its address. */
    volatile Function<String, Mono<Void>> arrives = uri -> Mono.empty();

    /** How many questions for memberships are refused before one is answered. */
    volatile int membershipsToRefuse;

    /** Those whose next connection is answered with this, whatever is true. */
    final Map<String, List<String>> staleMemberships = new ConcurrentHashMap<>();

    private final DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::handle).bindNow();

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    void member(String conversationId, String userId, boolean active, long unread) {
        members.computeIfAbsent(conversationId, id -> new ConcurrentHashMap<>())
                .put(userId, new Member(active, unread, 1));
    }

    /** A member who sees the conversation from a place on. */
    void member(String conversationId, String userId, long fromSeq) {
        members.computeIfAbsent(conversationId, id -> new ConcurrentHashMap<>())
                .put(userId, new Member(true, 0, fromSeq));
    }

    /** The calls that name this. */
    List<Call> callsOf(String part) {
        return calls.stream().filter(call -> call.uri().contains(part)).toList();
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return StubAnswers.byBody(request, text -> {
            JsonNode body = text.isMissingNode() ? JsonNodeFactory.instance.objectNode() : text;
            Answer answer = answer(request, body);
            Mono<Void> arrival = request.uri().endsWith("/views") ? viewsArrive : arrives.apply(request.uri());
            return arrival.then(Mono.defer(() -> send(response, answer)));
        });
    }

    @SuppressWarnings("unchecked")
    private static Mono<Void> send(HttpServerResponse response, Answer answer) {
        if (answer.body() == null) {
            return response.status(answer.status()).send().then();
        }
        return answer.status() < 400
                ? StubAnswers.json(response, answer.status(), answer.body())
                : StubAnswers.problem(response, answer.status(), (Map<String, ?>) answer.body());
    }

    private Answer answer(HttpServerRequest request, JsonNode body) {
        String shown = request.requestHeaders().get("Authorization", "");
        String uri = request.uri();
        String method = request.method().name();
        traceparents.put(uri, request.requestHeaders().get(TraceSpan.HEADER, ""));
        if (uri.startsWith(PLATFORM)) {
            if (!StubAnswers.isOfAService(request)) {
                return problem(401, "auth.invalid-service-credentials");
            }
            calls.add(new Call(method, uri, "", body));
            if (uri.startsWith(PLATFORM + "/memberships?")) {
                return conversationsOf(
                        new QueryStringDecoder(uri).parameters().get("userId").get(0));
            }
            if (uri.startsWith(PLATFORM + "/contacts?")) {
                return contacts(new QueryStringDecoder(uri).parameters());
            }
            return uri.endsWith("/deliveries") ? deliveries() : views(uri, body);
        }
        if (isRefusedByFirewall(method, uri)) {
            return new Answer(400, null);
        }
        String user = TestTokens.userOf(shown.replace("Bearer ", ""));
        calls.add(new Call(method, uri, user, body));
        if (older && uri.startsWith("/internal/conversations/") && uri.endsWith("/messages")) {
            return problem(404, "request.no-such-resource");
        }
        if (uri.equals("/api/v1/users/me/avatar/sync")) {
            return body.path("url").asString("").contains("nowhere")
                    ? problem(400, "url.not-fetched")
                    : new Answer(200, Map.of("avatarUrl", "https://example.org/avatar"));
        }
        if (uri.equals("/internal/memberships")) {
            return memberships(user);
        }
        if (uri.endsWith("/access")) {
            return access(uri.split("/")[3], user);
        }
        if (uri.endsWith("/reactions") && !body.path("emoji").isString()) {
            return invalid("emoji");
        }
        if (method.equals("POST")
                && uri.endsWith("/messages")
                && body.path("text").isObject()) {
            return invalid("text");
        }
        if (uri.contains("/-/")) {
            return problem(404, "message.not-found");
        }
        if (uri.contains(FOREIGN)) {
            return problem(403, "conversation.not-a-member");
        }
        if (uri.startsWith("/internal/conversations/")) {
            String text = body.path("text").asString("");
            return new Answer(
                    201,
                    message(uri.split("/")[3], user, text, body.path("tempId").asString(null)));
        }
        return client(method, uri);
    }

    /** The services' own firewall answers without a body. */
    private static boolean isRefusedByFirewall(String method, String uri) {
        AtomicBoolean refused = new AtomicBoolean();
        MockServerHttpRequest request = MockServerHttpRequest.method(HttpMethod.valueOf(method), URI.create(uri))
                .build();
        new StrictServerWebExchangeFirewall()
                .getFirewalledExchange(MockServerWebExchange.from(request))
                .subscribe(passed -> {}, failure -> refused.set(true));
        return refused.get();
    }

    private Answer memberships(String user) {
        if (membershipsToRefuse > 0) {
            membershipsToRefuse--;
            return problem(503, "service.unavailable");
        }
        List<String> stale = staleMemberships.remove(user);
        List<String> ids = stale != null
                ? stale
                : members.entrySet().stream()
                        .filter(entry -> entry.getValue()
                                .getOrDefault(user, new Member(false, 0, 1))
                                .active())
                        .map(Map.Entry::getKey)
                        .toList();
        List<Map<String, Object>> joined = ids.stream()
                .map(id -> Map.<String, Object>of(
                        "conversationId", id, "fromSeq", fromSeq(id, user), "hidden", hidden.contains(id + "/" + user)))
                .toList();
        return new Answer(200, Map.of("conversations", joined));
    }

    private long fromSeq(String conversationId, String user) {
        return members.getOrDefault(conversationId, Map.of())
                .getOrDefault(user, new Member(false, 0, 1))
                .fromSeq();
    }

    private Answer access(String conversationId, String user) {
        Member member = members.getOrDefault(conversationId, Map.of()).get(user);
        return member == null
                ? problem(403, "conversation.not-a-member")
                : new Answer(
                        200,
                        Map.of(
                                "conversationId",
                                conversationId,
                                "userId",
                                user,
                                "kind",
                                "GROUP",
                                "windows",
                                List.of(Map.of("fromSeq", member.fromSeq())),
                                "active",
                                member.active(),
                                "maySend",
                                member.active(),
                                "admin",
                                false,
                                "editWindowSeconds",
                                900,
                                "deleteWindowSeconds",
                                1800));
    }

    private Answer conversationsOf(String user) {
        List<String> ids = members.entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(user)
                        && entry.getValue().get(user).active())
                .map(Map.Entry::getKey)
                .toList();
        return new Answer(200, Map.of("conversationIds", ids));
    }

    private Answer contacts(Map<String, List<String>> asked) {
        boolean contacts = members.values().stream()
                .anyMatch(known -> known.containsKey(asked.get("userId").get(0))
                        && known.containsKey(asked.get("otherId").get(0)));
        return new Answer(200, Map.of("contacts", contacts));
    }

    private Answer deliveries() {
        if (deliveriesToRefuse > 0) {
            deliveriesToRefuse--;
            return problem(503, "service.unavailable");
        }
        return new Answer(204, null);
    }

    private Answer views(String uri, JsonNode body) {
        if (viewsToRefuse > 0) {
            viewsToRefuse--;
            return problem(503, "service.unavailable");
        }
        assertThat(uri).startsWith(PLATFORM + "/chat-core/conversations/").endsWith("/views");
        String conversationId = uri.split("/")[5];
        Map<String, Member> known = members.get(conversationId);
        if (known == null) {
            return problem(404, "conversation.not-found");
        }
        List<Map<String, Object>> views = new ArrayList<>();
        body.path("userIds")
                .valueStream()
                .map(JsonNode::asString)
                .filter(known::containsKey)
                .forEach(userId -> {
                    Map<String, Object> view = new LinkedHashMap<>();
                    view.put("userId", userId);
                    view.put("role", userId.startsWith("alice-") ? "admin" : "member");
                    if (userId.startsWith("unnamed-")) {
                        UserSummary user = new UserSummary(userId, userId, userId, null);
                        view.put(
                                "participant",
                                ParticipantView.of(
                                        new Participant(user, Participant.Role.MEMBER, WHEN), TestFileUrls.URLS));
                    }
                    view.put("isActive", known.get(userId).active());
                    view.put("unreadCount", known.get(userId).unread());
                    view.put("isPinned", false);
                    view.put("isMuted", false);
                    view.put("notificationsEnabled", true);
                    view.put("fromSeq", known.get(userId).fromSeq());
                    if (known.get(userId).unread() > 0) {
                        view.put("lastMessage", null);
                    }
                    if (!known.get(userId).active()) {
                        view.put("conversation", conversation(conversationId, "Team of then"));
                    }
                    views.add(view);
                });
        ConversationView conversation = conversation(conversationId, "Team");
        return new Answer(200, Map.of("conversation", conversation, "members", views));
    }

    private static ConversationView conversation(String conversationId, String name) {
        return ConversationView.of(
                new ConversationView.Profile(
                        conversationId,
                        "acme",
                        ConversationKind.GROUP,
                        name,
                        null,
                        null,
                        new SettingsView(false, false, true, new SettingsView.MessageConfig(900, 1800)),
                        "founder",
                        WHEN,
                        WHEN,
                        "none"),
                ConversationView.Members.UNTOLD,
                ConversationView.Personal.NEW,
                message(conversationId, "founder", "Welcome", null));
    }

    private static MessageView message(String conversationId, String senderId, String text, @Nullable String tempId) {
        UserSummary sender = new UserSummary(senderId, senderId, senderId, null);
        MessageSnapshot message = new MessageSnapshot(
                "m1",
                "acme",
                conversationId,
                1,
                1,
                1,
                sender,
                SenderKind.USER,
                null,
                List.of(Block.Text.plain(text)),
                null,
                List.of(),
                WHEN,
                null);
        return MessageView.of(message, tempId, TestFileUrls.URLS);
    }

    /** The number after a word; 0 if there is none. */
    private static long number(String uri, String word) {
        int at = uri.indexOf(word);
        return at < 0 ? 0 : Long.parseLong(uri.substring(at + word.length()).replaceAll("\\D.*", ""));
    }

    /** What clients do over REST. */
    private static Answer client(String method, String uri) {
        if (method.equals("GET") && uri.contains("-of-")) {
            long newest = number(uri, "-of-");
            // Of messages from a place on, where that is named.
            long shown = uri.contains("afterSeq=")
                    ? Math.max(number(uri, "afterSeq="), number(uri, "-from-") - 1) + 1
                    : newest;
            return new Answer(200, Map.of("data", List.of(Map.of("seq", shown)), "meta", Map.of("hasMore", true)));
        }
        if (method.equals("GET") && uri.contains("-long/")) {
            long after = number(uri, "afterSeq=");
            List<Map<String, Object>> newestFirst = Stream.iterate(after + 20, seq -> seq > after, seq -> seq - 1)
                    .map(seq -> Map.<String, Object>of("seq", seq, "text", LONG))
                    .toList();
            return new Answer(200, Map.of("data", newestFirst, "meta", Map.of("hasMore", false)));
        }
        if (method.equals("GET")) {
            List<Map<String, Integer>> newestFirst =
                    Stream.of(9, 8, 7).map(seq -> Map.of("seq", seq)).toList();
            return new Answer(200, Map.of("data", newestFirst, "meta", Map.of("hasMore", true)));
        }
        boolean nothing = uri.endsWith("/me")
                || uri.endsWith("/read")
                || Set.of("DELETE").contains(method) && uri.endsWith("/messages");
        return nothing
                ? new Answer(204, null)
                : new Answer(
                        method.equals("POST") ? 201 : 200,
                        Map.of("id", "m1", "createdAt", "2026-01-01T00:00:00Z", "sentAt", "2026-01-01T00:00:00Z"));
    }

    private static Answer invalid(String field) {
        Map<String, Object> problem = StubAnswers.problem(400, "request.invalid");
        problem.put("errors", List.of(Map.of("field", field, "code", "required", "message", field + " is required")));
        return new Answer(400, problem);
    }

    private static Answer problem(int status, String code) {
        return new Answer(status, StubAnswers.problem(status, code));
    }
}
