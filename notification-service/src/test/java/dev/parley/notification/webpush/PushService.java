package dev.parley.notification.webpush;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A push service on this machine. It refuses with 400 what a strict one refuses, and keeps what it took. The path of an endpoint says what it answers: its
 * first part a status, its second the header {@code Retry-After}.
 */
final class PushService implements AutoCloseable {

    static final String SUBJECT = "mailto:operator@parley.example";

    private static final Pattern VAPID = Pattern.compile("vapid t=([^,\\s]+), k=([A-Za-z0-9_-]+)");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int MAX_BYTES = 4_096;

    /** @param publicKey of the sender */
    record Received(String path, Map<String, String> headers, String publicKey, byte[] body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final DisposableServer server =
            HttpServer.create().host("0.0.0.0").port(0).handle(this::answer).bindNow();

    String endpoint(String path) {
        return "http://127.0.0.1:" + server.port() + "/" + path;
    }

    /** Is nobody's push service but one that never answers. */
    String endpointThatNeverAnswers() {
        return "http://127.0.0.2:" + server.port() + "/silent";
    }

    List<Received> received() {
        return received;
    }

    List<String> complaints() {
        return complaints;
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        String path = request.path();
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> {
                    try {
                        received.add(checked(path, request, body));
                    } catch (Exception wrong) {
                        complaints.add(wrong.toString());
                        return response.status(400).send();
                    }
                    return Mono.from(answer(path.split("/"), response));
                });
    }

    private static Publisher<Void> answer(String[] path, HttpServerResponse response) {
        switch (path[0]) {
            case "silent":
                return Mono.never();
            case "endless":
                return response.status(201)
                        .sendByteArray(Flux.just(new byte[1_000]).repeat());
            case "elsewhere":
                return response.status(307).header("Location", "/201").send();
            default:
                if (path.length > 1) {
                    response.header("Retry-After", path[1].replace('_', ' '));
                }
                return response.status(Integer.parseInt(path[0]))
                        .header("Location", "/message/" + path[0])
                        .send();
        }
    }

    private Received checked(String path, HttpServerRequest request, byte[] body) throws Exception {
        HttpHeaders headers = request.requestHeaders();
        require("POST".equals(request.method().name()), "another method");
        require(Long.parseLong(headers.get("TTL")) >= 0, "no TTL");
        require(List.of("very-low", "low", "normal", "high").contains(headers.get("Urgency")), "no urgency");
        require(TOPIC.matcher(headers.get("Topic")).matches(), "a topic that is none");
        require("aes128gcm".equals(headers.get("Content-Encoding")), "another encoding");
        require(body.length > 0 && body.length <= MAX_BYTES, body.length + " bytes");
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(header -> kept.put(header.getKey(), header.getValue()));
        return new Received(path, kept, sender(headers.get("Authorization"), headers.get("Host")), body);
    }

    /** The checks of RFC 8292, section 4.2. */
    private static String sender(String authorization, String host) throws Exception {
        Matcher vapid = VAPID.matcher(authorization);
        require(vapid.matches(), "no VAPID");
        SignedJWT token = SignedJWT.parse(vapid.group(1));
        require(JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm()), "another algorithm");
        byte[] key = new Base64URL(vapid.group(2)).decode();
        require(token.verify(new ECDSAVerifier(BrowserSubscription.point(key))), "a wrong signature");
        JWTClaimsSet claims = token.getJWTClaimsSet();
        require(List.of("http://" + host).equals(claims.getAudience()), "for another service");
        Duration left =
                Duration.between(Instant.now(), claims.getExpirationTime().toInstant());
        require(!left.isNegative() && left.compareTo(Duration.ofHours(24)) <= 0, "good for " + left);
        require(SUBJECT.equals(claims.getSubject()), "nobody to turn to");
        return vapid.group(2);
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
