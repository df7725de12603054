package dev.parley.auth.token;

import com.nimbusds.jose.jwk.JWKSet;
import dev.parley.platform.security.SecuritySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Knows the key that signs now and the keys that are published. Time is divided into periods as long as the rotation, counted
 * from 1970, and each period has one key, so all instances agree on the key without asking each other. The key of the next period
 * is created when somebody asks for keys and the period begins within {@code publish-ahead}.
 */
@Component
public class SigningKeys {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private final SigningKeyStore store;
    private final SigningSettings settings;
    private final Duration provable;
    private final Clock clock;
    private volatile boolean wrapped;
    private volatile KeyRing ring = new KeyRing(List.of(), Instant.EPOCH);

    SigningKeys(
            SigningKeyStore store,
            SigningSettings settings,
            TokenSettings tokens,
            SecuritySettings security,
            Clock clock,
            MeterRegistry meters) {
        this.store = store;
        this.settings = settings;
        this.provable = tokens.lifetime().plus(security.clockSkew());
        this.clock = clock;
        TimeGauge.builder("parley.auth.signing-key.age", this, TimeUnit.MILLISECONDS, SigningKeys::ageMillis)
                .description("Time since the key that signs now began to sign")
                .register(meters);
    }

    /** NaN before the first key is read. */
    private double ageMillis() {
        Instant now = clock.instant();
        return ring.signingAt(now)
                .map(key -> (double) Duration.between(key.from(), now).toMillis())
                .orElse(Double.NaN);
    }

    Mono<SigningKey> current() {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            return ring(now).map(keys -> keys.signingAt(now).orElseThrow());
        });
    }

    public Mono<JWKSet> published() {
        return Mono.defer(() -> ring(clock.instant()).map(KeyRing::published));
    }

    private Mono<KeyRing> ring(Instant now) {
        KeyRing known = ring;
        boolean usable = known.signingAt(now).isPresent();
        if (usable && now.isBefore(known.readAt().plus(settings.refresh()))) {
            return Mono.just(known);
        }
        Mono<KeyRing> read = read(now);
        // If the store does not answer, the known keys are still valid: tokens are signed and verified as before.
        return usable ? read.onErrorResume(failure -> keep(known, failure)) : read;
    }

    private static Mono<KeyRing> keep(KeyRing known, Throwable failure) {
        log.warn("The signing keys could not be read again; the known keys stay in use", failure);
        return Mono.just(known);
    }

    private Mono<KeyRing> read(Instant now) {
        return wrapOutdated()
                .then(stored(now))
                .filter(keys -> missing(keys, now).isEmpty())
                .switchIfEmpty(Mono.defer(() -> createMissing(now).then(stored(now))))
                .map(keys -> new KeyRing(keys, now))
                .doOnNext(read -> ring = read);
    }

    /** Once after the start. If the store takes no writes, keys that are stored in the clear are used all the same. */
    private Mono<Void> wrapOutdated() {
        return wrapped
                ? Mono.empty()
                : store.wrapOutdated().doOnSuccess(done -> wrapped = true).onErrorResume(failure -> {
                    log.warn("The stored signing keys could not be encrypted; it is tried again later", failure);
                    return Mono.empty();
                });
    }

    private Mono<List<SigningKey>> stored(Instant now) {
        return store.signingAfter(now.minus(provable)).collectList();
    }

    private Mono<Void> createMissing(Instant now) {
        return stored(now)
                .flatMapMany(keys -> Flux.fromIterable(missing(keys, now)))
                .concatMap(period -> store.create(period, settings.rotation()))
                .then();
    }

    /** The starts of the periods that need a key and have none. */
    private List<Instant> missing(List<SigningKey> keys, Instant now) {
        List<Instant> periods = new ArrayList<>();
        Instant current = periodOf(now);
        Instant next = current.plus(settings.rotation());
        if (keys.stream().noneMatch(key -> key.signsAt(now))) {
            periods.add(current);
        }
        if (!now.isBefore(next.minus(settings.publishAhead())) && keys.stream().noneMatch(key -> key.signsAt(next))) {
            periods.add(next);
        }
        return periods;
    }

    private Instant periodOf(Instant time) {
        long length = settings.rotation().toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), length) * length);
    }
}
