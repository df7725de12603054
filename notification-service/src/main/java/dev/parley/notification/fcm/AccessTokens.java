package dev.parley.notification.fcm;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.notification.provider.ProviderUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens with which FCM is used (OAuth 2.0 for service accounts, RFC 7523). One is used until shortly before its end; whoever needs one meanwhile waits for
 * the one fetch that is under way.
 */
final class AccessTokens {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** What Google takes at most. */
    private static final Duration ASSERTION_LIFETIME = Duration.ofHours(1);

    /** How long before its end a token is renewed: longer than any push takes; at most half of its life. */
    private static final Duration RENEWED_BEFORE = Duration.ofMinutes(5);

    private final ServiceAccount account;
    private final WebClient http;
    private final Duration timeout;
    private final Mono<Token> token;
    private volatile @Nullable String refused;

    private record Token(String value, Instant renewAt) {

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    AccessTokens(ServiceAccount account, WebClient http, Duration timeout) {
        this.account = account;
        this.http = http;
        this.timeout = timeout;
        this.token = Mono.defer(this::fetch).cacheInvalidateIf(this::isOver);
    }

    private boolean isOver(Token known) {
        return !Instant.now().isBefore(known.renewAt()) || known.value().equals(refused);
    }

    /** @return fails with {@link ProviderUnavailableException} if none is given out */
    Mono<String> current() {
        return token.map(Token::value);
    }

    /** It is not used again. */
    void refused(String value) {
        refused = value;
    }

    private Mono<Token> fetch() {
        return Mono.fromCallable(this::assertion)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(assertion -> http.post()
                        .uri(account.tokenUri())
                        .body(BodyInserters.fromFormData("grant_type", GRANT).with("assertion", assertion))
                        .exchangeToMono(AccessTokens::answered))
                .timeout(timeout);
    }

    private String assertion() throws JOSEException {
        Instant now = Instant.now();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(account.keyId()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(account.clientEmail())
                        .audience(account.tokenUri())
                        .claim("scope", SCOPE)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(ASSERTION_LIFETIME)))
                        .build());
        jwt.sign(new RSASSASigner(account.key()));
        return jwt.serialize();
    }

    private static Mono<Token> answered(ClientResponse response) {
        int status = response.statusCode().value();
        return response.bodyToMono(String.class).defaultIfEmpty("").flatMap(text -> {
            JsonNode body = FcmAnswer.read(text, JSON);
            String value = body.path("access_token").asString("");
            if (!response.statusCode().is2xxSuccessful() || value.isEmpty()) {
                return Mono.error(new ProviderUnavailableException(
                        "Google gives out no token: status " + status + " "
                                + body.path("error").asString(""),
                        null));
            }
            Duration lifetime = Duration.ofSeconds(body.path("expires_in").asLong(0));
            return Mono.just(new Token(value, Instant.now().plus(used(lifetime))));
        });
    }

    private static Duration used(Duration lifetime) {
        Duration half = lifetime.dividedBy(2);
        Duration most = lifetime.minus(RENEWED_BEFORE);
        return most.compareTo(half) > 0 ? most : half;
    }
}
