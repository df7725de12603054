package dev.parley.auth.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.auth.AuthError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.id.Fingerprint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Limits how often passwords can be guessed: those of one account from one remote address, and those of all accounts from one address. An
 * account is not limited by what comes from other addresses, because then any stranger could lock its owner out. An attempt is counted when
 * it begins, so that many attempts at once cannot pass the limit together. An attempt that succeeds is not counted. All instances count together.
 */
@Component
class LoginAttempts {

    private static final String REFUSED = "parley.auth.login.refused";
    private static final String LIMIT = "limit";

    private static final Duration REFUSED_UNASKED = Duration.ofSeconds(1);

    /** An attempt that was allowed. */
    record Attempt(String account, String address) {

        private String ofAccount() {
            return Fingerprint.of("account", account, address);
        }

        private String ofAddress() {
            return Fingerprint.of("address", address);
        }
    }

    private final AttemptStore store;
    private final LoginLimitSettings settings;
    private final Clock clock;

    /** Those who were refused a moment ago: a flood of them asks the store nothing. */
    private final Cache<String, Instant> refused;

    private final Counter refusedByAddress;
    private final Counter refusedByAccount;

    LoginAttempts(AttemptStore store, LoginLimitSettings settings, Clock clock, MeterRegistry metrics) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.refused = Caffeine.newBuilder()
                .maximumSize(settings.maxTracked())
                .expireAfterWrite(REFUSED_UNASKED)
                .build();
        this.refusedByAddress = refused(metrics, "address");
        this.refusedByAccount = refused(metrics, "account");
    }

    private static Counter refused(MeterRegistry metrics, String limit) {
        return Counter.builder(REFUSED)
                .description("Sign-ins that a limit refused")
                .tag(LIMIT, limit)
                .register(metrics);
    }

    /**
     * Counts an attempt.
     *
     * @return fails with {@link AuthError#TOO_MANY_ATTEMPTS} and the time until the window ends; and while the store is away, without
     *     which nobody can sign in
     */
    Mono<Attempt> begin(String account, String address) {
        Attempt attempt = new Attempt(account, address);
        return count(attempt.ofAddress(), settings.addressWindow(), settings.perAddress(), refusedByAddress)
                .then(count(attempt.ofAccount(), settings.accountWindow(), settings.perAccount(), refusedByAccount))
                .thenReturn(attempt);
    }

    /** Forgets the failures of the account from this address. Failures of other accounts from the address stay. */
    Mono<Void> succeeded(Attempt attempt) {
        return store.forget(attempt.ofAccount()).then(store.uncount(attempt.ofAddress()));
    }

    /** Does not count an attempt after which the caller does not know whether the password was right. */
    Mono<Void> withdraw(Attempt attempt) {
        return store.uncount(attempt.ofAccount()).then(store.uncount(attempt.ofAddress()));
    }

    private Mono<Void> count(String id, Duration window, int limit, Counter counter) {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            Instant known = refused.getIfPresent(id);
            if (known != null && now.isBefore(known)) {
                return Mono.error(refusal(counter, now, known));
            }
            return store.count(id, now, now.plus(window)).flatMap(counted -> {
                if (counted.count() <= limit) {
                    return Mono.empty();
                }
                refused.put(id, counted.endsAt());
                return Mono.error(refusal(counter, now, counted.endsAt()));
            });
        });
    }

    private static ApiException refusal(Counter counter, Instant now, Instant end) {
        counter.increment();
        return ApiException.retryLater(
                AuthError.TOO_MANY_ATTEMPTS,
                "Too many sign-ins failed: try again later",
                Duration.between(now, end).plusSeconds(1));
    }
}
