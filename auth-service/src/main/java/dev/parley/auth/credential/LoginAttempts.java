package dev.parley.auth.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.auth.AuthError;
import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Limits how often passwords can be guessed: those of one account from one remote address, and those of all accounts from one address. An
 * account is not limited by what comes from other addresses, because then any stranger could lock its owner out. An attempt is counted when
 * it begins, so that many attempts at once cannot pass the limit together. An attempt that succeeds is not counted.
 */
@Component
class LoginAttempts {

    private static final String REFUSED = "parley.auth.login.refused";
    private static final String LIMIT = "limit";

    /** An attempt that was allowed. */
    record Attempt(String account, String address) {}

    private record Window(Instant end, int count) {

        Window plus(int attempts) {
            return new Window(end, Math.max(0, count + attempts));
        }
    }

    private final Cache<String, Window> ofAddresses;
    private final Cache<Attempt, Window> ofAccounts;
    private final LoginLimitSettings settings;
    private final Clock clock;
    private final Counter refusedByAddress;
    private final Counter refusedByAccount;

    LoginAttempts(LoginLimitSettings settings, Clock clock, MeterRegistry metrics) {
        this.ofAddresses =
                Caffeine.newBuilder().maximumSize(settings.maxTracked()).build();
        this.ofAccounts =
                Caffeine.newBuilder().maximumSize(settings.maxTracked()).build();
        this.settings = settings;
        this.clock = clock;
        this.refusedByAddress = refused(metrics, "address");
        this.refusedByAccount = refused(metrics, "account");
    }

    private static Counter refused(MeterRegistry metrics, String limit) {
        return Counter.builder(REFUSED)
                .description("Sign-ins that a limit refused")
                .tag(LIMIT, limit)
                .register(metrics);
    }

    /** @throws ApiException {@link AuthError#TOO_MANY_ATTEMPTS} with the time until the window ends */
    Attempt begin(String account, String address) {
        Attempt attempt = new Attempt(account, address);
        count(ofAddresses, address, settings.addressWindow(), settings.perAddress(), refusedByAddress);
        count(ofAccounts, attempt, settings.accountWindow(), settings.perAccount(), refusedByAccount);
        return attempt;
    }

    /** Forgets the failures of the account from this address. Failures of other accounts from the address stay. */
    void succeeded(Attempt attempt) {
        ofAccounts.invalidate(attempt);
        uncount(ofAddresses, attempt.address());
    }

    /** Does not count an attempt after which the caller does not know whether the password was right. */
    void withdraw(Attempt attempt) {
        uncount(ofAccounts, attempt);
        uncount(ofAddresses, attempt.address());
    }

    private static <K> void uncount(Cache<K, Window> windows, K key) {
        windows.asMap().computeIfPresent(key, (same, window) -> window.plus(-1));
    }

    private <K> void count(Cache<K, Window> windows, K key, Duration length, int limit, Counter refused) {
        Instant now = clock.instant();
        Window window = windows.asMap()
                .compute(key, (same, known) -> current(known, now, length).plus(1));
        if (window.count() > limit) {
            refused.increment();
            throw ApiException.retryLater(
                    AuthError.TOO_MANY_ATTEMPTS,
                    "Too many sign-ins failed: try again later",
                    Duration.between(now, window.end()).plusSeconds(1));
        }
    }

    private static Window current(@Nullable Window known, Instant now, Duration length) {
        return known != null && now.isBefore(known.end()) ? known : new Window(now.plus(length), 0);
    }
}
