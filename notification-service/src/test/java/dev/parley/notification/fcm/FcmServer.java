package dev.parley.notification.fcm;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.platform.test.StubAnswers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Google on this machine: gives out tokens to one service account, whose assertions it verifies, and takes messages, whose form and size it checks. The token of a
 * device says what is answered: a status, a code, and perhaps the header {@code Retry-After}, with colons between.
 */
final class FcmServer implements AutoCloseable {

    static final String EMAIL = "push@parley-test.iam.gserviceaccount.com";
    static final String KEY_ID = "key-1";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_BYTES = 4_096;
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "", Set.of("token", "notification", "data", "android", "apns", "webpush"),
            "notification", Set.of("title", "body", "image"),
            "android", Set.of("collapse_key", "priority", "ttl", "data", "notification"),
            "apns", Set.of("headers", "payload"),
            "webpush", Set.of("headers", "data", "notification"));
    private static final Set<String> ANDROID_NOTIFICATION =
            Set.of("title", "body", "tag", "channel_id", "sound", "notification_count");

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Set<String> good = ConcurrentHashMap.newKeySet();
    private final AtomicInteger given = new AtomicInteger();
    private final RSAPublicKey account;
    private volatile String tokenAnswer = "";
    private volatile Duration lifetime = Duration.ofHours(1);
    private final DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();

    FcmServer(KeyPair account) {
        this.account = (RSAPublicKey) account.getPublic();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** The messages that it took, and those that it refused for their device. */
    List<JsonNode> messages() {
        return messages;
    }

    List<String> complaints() {
        return complaints;
    }

    int tokensGiven() {
        return given.get();
    }

    /** As if Google had revoked them. */
    void refuseTheTokensSoFar() {
        good.clear();
    }

    void giveTokensFor(Duration time) {
        lifetime = time;
    }

    /** @param status and an error, with a colon between; empty to give out tokens again */
    void refuseTokens(String status) {
        tokenAnswer = status;
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asString(StandardCharsets.UTF_8)
                .defaultIfEmpty("")
                .flatMap(body -> {
                    try {
                        return request.path().equals("token") ? give(body, response) : take(request, body, response);
                    } catch (Exception wrong) {
                        complaints.add(wrong.toString());
                        return StubAnswers.json(
                                response, 400, error("INVALID_ARGUMENT", "INVALID_ARGUMENT", wrong.getMessage()));
                    }
                });
    }

    private Mono<Void> give(String body, HttpServerResponse response) throws Exception {
        if (!tokenAnswer.isEmpty()) {
            String[] parts = tokenAnswer.split(":");
            return StubAnswers.json(response, Integer.parseInt(parts[0]), Map.of("error", parts[1]));
        }
        Map<String, String> form = Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        require("urn:ietf:params:oauth:grant-type:jwt-bearer".equals(form.get("grant_type")), "another grant");
        SignedJWT assertion = SignedJWT.parse(form.get("assertion"));
        require("RS256".equals(assertion.getHeader().getAlgorithm().getName()), "another algorithm");
        require(KEY_ID.equals(assertion.getHeader().getKeyID()), "another key");
        require(assertion.verify(new RSASSAVerifier(account)), "a wrong signature");
        JWTClaimsSet claims = assertion.getJWTClaimsSet();
        require(EMAIL.equals(claims.getIssuer()), "another issuer");
        require(List.of(url() + "/token").equals(claims.getAudience()), "for somebody else");
        require("https://www.googleapis.com/auth/firebase.messaging".equals(claims.getClaim("scope")), "another scope");
        Instant issued = claims.getIssueTime().toInstant();
        Instant end = claims.getExpirationTime().toInstant();
        require(Duration.between(issued, Instant.now()).abs().toMinutes() < 2, "another time");
        require(Duration.between(issued, end).compareTo(Duration.ofHours(1)) <= 0, "too long");
        String token = "ya29.token-" + given.incrementAndGet();
        good.add(token);
        return StubAnswers.json(
                response,
                200,
                Map.of("access_token", token, "expires_in", lifetime.toSeconds(), "token_type", "Bearer"));
    }

    private Mono<Void> take(HttpServerRequest request, String body, HttpServerResponse response) {
        require("POST".equals(request.method().name()), "another method");
        require(request.path().equals("v1/projects/parley-test/messages:send"), "another path: " + request.path());
        String bearer =
                String.valueOf(request.requestHeaders().get("Authorization")).replaceFirst("^Bearer ", "");
        if (!good.contains(bearer)) {
            return StubAnswers.json(response, 401, Map.of("error", Map.of("code", 401, "status", "UNAUTHENTICATED")));
        }
        JsonNode message = JSON.readTree(body).path("message");
        check(message);
        messages.add(message);
        return answered(message.path("token").asString(), response);
    }

    private static Mono<Void> answered(String device, HttpServerResponse response) {
        if (!device.contains(":")) {
            return StubAnswers.json(response, 200, Map.of("name", "projects/parley-test/messages/" + device));
        }
        String[] parts = device.split(":");
        int status = Integer.parseInt(parts[0]);
        if (parts.length > 2) {
            response.header("Retry-After", parts[2]);
        }
        return switch (parts[1]) {
            case "silent" -> Mono.never();
            case "page" ->
                response.status(status).sendString(Mono.just("<html>")).then();
            case "about-token" ->
                StubAnswers.json(
                        response,
                        status,
                        error("INVALID_ARGUMENT", "INVALID_ARGUMENT", "The registration token is not valid"));
            case "PERMISSION_DENIED" ->
                StubAnswers.json(response, status, Map.of("error", Map.of("code", status, "status", parts[1])));
            default -> StubAnswers.json(response, status, error("STATUS", parts[1], "Something is wrong"));
        };
    }

    private static Map<String, Object> error(String status, String code, String message) {
        return Map.of(
                "error",
                Map.of(
                        "status",
                        status,
                        "message",
                        String.valueOf(message),
                        "details",
                        List.of(Map.of(
                                "@type", "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode", code))));
    }

    private static void check(JsonNode message) {
        FIELDS.forEach((name, allowed) -> require(
                allowed.containsAll((name.isEmpty() ? message : message.path(name)).propertyNames()),
                "unknown fields of " + name));
        require(
                ANDROID_NOTIFICATION.containsAll(
                        message.path("android").path("notification").propertyNames()),
                "unknown fields of android.notification");
        require(message.path("data").valueStream().allMatch(JsonNode::isString), "data that is no string");
        require(
                message.path("apns").path("headers").valueStream().allMatch(JsonNode::isString),
                "a header that is no string");
        require(
                message.path("webpush").path("headers").valueStream().allMatch(JsonNode::isString),
                "a header that is no string");
        require(
                Set.of("HIGH", "NORMAL")
                        .contains(message.path("android").path("priority").asString()),
                "priority");
        require(message.path("android").path("ttl").asString().matches("\\d+s"), "ttl");
        int size = bytes(message.path("data")) + bytes(message.path("notification"));
        require(size <= MAX_BYTES, size + " bytes");
    }

    private static int bytes(JsonNode node) {
        return node.isMissingNode() ? 0 : node.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** The service account that it knows, as Google gives it out. */
    String account(KeyPair keys) {
        return JSON.writeValueAsString(Map.of(
                "type",
                "service_account",
                "project_id",
                "parley-test",
                "private_key_id",
                KEY_ID,
                "private_key",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n",
                "client_email",
                EMAIL,
                "token_uri",
                url() + "/token"));
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
