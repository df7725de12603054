package dev.parley.platform.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The keys that auth-service publishes. They are fetched for the first token, and when a token names a key that is not among
 * them: so a new key is known with the first token that it signed. Anybody can make up the name of a key, hence for such
 * tokens they are fetched only once in a while; in between, a token with an unknown key is refused. auth-service publishes a
 * key long before it signs with it.
 *
 * <p>While auth-service does not answer, the known keys still count.
 */
final class PublishedKeys {

    private final WebClient http;
    private final URI address;
    private final Duration timeout;
    private final Duration pause;
    private final AtomicReference<@Nullable Fetch> latest = new AtomicReference<>();
    private volatile @Nullable JWKSet known;

    /**
     * @param timeout of a fetch
     * @param pause how long after a fetch began a key that is unknown causes no other one
     */
    PublishedKeys(WebClient http, URI address, Duration timeout, Duration pause) {
        this.http = http;
        this.address = address;
        this.timeout = timeout;
        this.pause = pause;
    }

    /** The keys among which the token's key is, if it was published; fails if they could not be had. */
    Flux<JWK> of(SignedJWT token) {
        return Mono.defer(() -> keysFor(token.getHeader().getKeyID())).flatMapIterable(JWKSet::getKeys);
    }

    private Mono<JWKSet> keysFor(@Nullable String key) {
        JWKSet keys = known;
        if (keys == null) {
            return fetched(Duration.ZERO);
        }
        return key == null || keys.getKeyByKeyId(key) != null ? Mono.just(keys) : fetched(pause);
    }

    /** What the latest fetch brings or brought, if it is under way or began less than the pause ago; else a new one. */
    private Mono<JWKSet> fetched(Duration pause) {
        Fetch before = latest.get();
        if (before != null && before.counts(pause)) {
            return before.result();
        }
        Fetch mine = new Fetch(http.get()
                .uri(address)
                .retrieve()
                .bodyToMono(String.class)
                .timeout(timeout)
                .map(PublishedKeys::parse)
                .doOnNext(keys -> known = keys));
        return latest.compareAndSet(before, mine) ? mine.result() : fetched(pause);
    }

    private static JWKSet parse(String body) {
        try {
            return JWKSet.parse(body);
        } catch (ParseException malformed) {
            throw new IllegalStateException("What auth-service publishes are no keys", malformed);
        }
    }

    /** Asks once, however many wait for the answer. */
    private static final class Fetch {

        private final long begun = System.nanoTime();
        private final Mono<JWKSet> result;
        private volatile boolean ended;

        Fetch(Mono<JWKSet> answer) {
            this.result = answer.doOnTerminate(() -> ended = true).cache();
        }

        Mono<JWKSet> result() {
            return result;
        }

        boolean counts(Duration pause) {
            return !ended || System.nanoTime() - begun < pause.toNanos();
        }
    }
}
