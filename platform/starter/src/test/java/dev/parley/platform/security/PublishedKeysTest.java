package dev.parley.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Anybody can name a key in a token. That must not be a way to have the keys fetched, and a new key must still be found. */
class PublishedKeysTest {

    private static final String GOOD = "good";
    private static final Duration LONG = Duration.ofHours(1);

    private final List<JWK> published = new CopyOnWriteArrayList<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private final Sinks.Empty<Void> answers = Sinks.empty();
    private volatile Mono<Void> answering = Mono.empty();
    private final DisposableServer auth = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> {
                fetches.incrementAndGet();
                return response.header("Content-Type", "application/json")
                        .sendString(answering.then(Mono.fromSupplier(() -> new JWKSet(published).toString())));
            })
            .bindNow();
    private final ECKey key = publishedKey();

    @AfterEach
    void stop() {
        auth.disposeNow();
    }

    @Test
    void tokensThatNameMadeUpKeysDoNotHaveTheKeysFetched() {
        TokenVerifier verifier = verifier(LONG);
        assertThat(outcome(verifier, key)).isEqualTo(GOOD);

        for (int i = 0; i < 50; i++) {
            assertThat(outcome(verifier, newKey())).isEqualTo("auth.invalid-token");
        }
        assertThat(outcome(verifier, key)).isEqualTo(GOOD);

        assertThat(fetches).hasValue(1);
    }

    @Test
    void aNewKeyIsFoundAlthoughTokensNameMadeUpKeysAllTheTime() {
        TokenVerifier verifier = verifier(Duration.ofMillis(500));
        assertThat(outcome(verifier, key)).isEqualTo(GOOD);
        ECKey next = publishedKey();
        long begun = System.nanoTime();

        Until.satisfied(() -> {
            outcome(verifier, newKey());
            assertThat(outcome(verifier, next)).isEqualTo(GOOD);
        });

        assertThat(outcome(verifier, key)).isEqualTo(GOOD);
        long pauses = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 500;
        assertThat(fetches.get()).isBetween(2, 2 + (int) pauses);
    }

    @Test
    void aNewKeyIsFoundAtOnceIfNobodyAskedForOthers() {
        TokenVerifier verifier = verifier(Duration.ZERO);
        assertThat(outcome(verifier, key)).isEqualTo(GOOD);

        assertThat(outcome(verifier, publishedKey())).isEqualTo(GOOD);
    }

    @Test
    void whoNeedsTheKeysWhileTheyAreFetchedWaitsForTheSameAnswer() {
        TokenVerifier verifier = verifier(LONG);
        answering = answers.asMono();
        List<Mono<Caller>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Mono<Caller> caller = verifier.verify(token(key, "user" + i)).cache();
            caller.subscribe();
            waiting.add(caller);
        }

        Until.satisfied(() -> assertThat(fetches).hasValue(1));
        answers.tryEmitEmpty();

        assertThat(Flux.merge(waiting).collectList().block(Duration.ofSeconds(20)))
                .hasSize(20);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void theKnownKeysCountWhileAuthIsAwayAndAnUnknownKeyCannotBeChecked() {
        TokenVerifier verifier = verifier(Duration.ZERO);
        assertThat(outcome(verifier, key)).isEqualTo(GOOD);
        auth.disposeNow();

        assertThat(outcome(verifier, key)).isEqualTo(GOOD);
        assertThat(outcome(verifier, newKey())).isEqualTo(PlatformError.UNAVAILABLE.code());
    }

    @Test
    void theFirstKeysAreFetchedAsSoonAsAuthIsThere() {
        TokenVerifier verifier = verifier(LONG);
        answering = Mono.error(new IllegalStateException("not yet"));
        assertThat(outcome(verifier, key)).isEqualTo(PlatformError.UNAVAILABLE.code());

        answering = Mono.empty();
        assertThat(outcome(verifier, key)).isEqualTo(GOOD);
    }

    private TokenVerifier verifier(Duration pause) {
        SecuritySettings settings = new SecuritySettings(
                URI.create("http://127.0.0.1:" + auth.port() + "/jwks.json"),
                "parley",
                "parley",
                Duration.ZERO,
                LONG,
                1_000,
                List.of(),
                pause,
                new SecuritySettings.VerifiedTokens(0, LONG));
        return new TokenVerifier(settings, new RevokedSessions(LONG, 100), new SimpleMeterRegistry());
    }

    /** {@link #GOOD}, or the code of the refusal. */
    private static String outcome(TokenVerifier verifier, ECKey key) {
        return verifier.verify(token(key, "ada"))
                .map(caller -> GOOD)
                .onErrorResume(
                        ApiException.class, refusal -> Mono.just(refusal.code().code()))
                .blockOptional(Duration.ofSeconds(20))
                .orElseThrow();
    }

    private ECKey publishedKey() {
        ECKey key = newKey();
        published.add(key.toPublicJWK());
        return key;
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String token(ECKey key, String user) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("parley")
                .audience("parley")
                .subject(user)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .claim(TokenClaims.TENANT, "acme")
                .claim(TokenClaims.SESSION, "session-of-" + user)
                .claim(TokenClaims.USERNAME, user)
                .claim(TokenClaims.NAME, user)
                .build();
        return TestTokens.signed(key, claims);
    }
}
