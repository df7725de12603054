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
 * Limits how often passwords can be guessed, for each account and for each remote address. An attempt is counted when it begins, so
 * that many attempts at once cannot pass the limit together. An attempt that succeeds is not counted.
 */
@Component
class LoginAttempts {

    private static final String ACCOUNT = "account:";
    private static final String ADDRESS = "address:";
    private static final String REFUSED = "parley.auth.login.refused";
    private static final String LIMIT = "limit";

    /** An attempt that was allowed. */
    record Attempt(String account, String address) {}

    private record Window(Instant end, int count) {

        Window plus(int attempts) {
            return new Window(end, Math.max(0, count + attempts));
        }
    }

    private final Cache<String, Window> windows;
    private final LoginLimitSettings settings;
    private final Clock clock;
    private final Counter refusedByAddress;
    private final Counter refusedByAccount;

    LoginAttempts(LoginLimitSettings settings, Clock clock, MeterRegistry metrics) {
        this.windows = Caffeine.newBuilder().maximumSize(settings.maxTracked()).build();
        this.settings = settings;
        this.clock = clock;
        this.refusedByAddress = metrics.counter(REFUSED, LIMIT, "address");
        this.refusedByAccount = metrics.counter(REFUSED, LIMIT, "account");
    }

    /** @throws ApiException {@link AuthError#TOO_MANY_ATTEMPTS} with the time until the window ends */
    Attempt begin(String account, String address) {
        count(ADDRESS + address, settings.perAddress(), refusedByAddress);
        count(ACCOUNT + account, settings.perAccount(), refusedByAccount);
        return new Attempt(account, address);
    }

    /** Forgets the failures of the account. Failures of other accounts from the same address stay. */
    void succeeded(Attempt attempt) {
        windows.invalidate(ACCOUNT + attempt.account());
        uncount(ADDRESS + attempt.address());
    }

    /** Does not count an attempt after which the caller does not know whether the password was right. */
    void withdraw(Attempt attempt) {
        uncount(ACCOUNT + attempt.account());
        uncount(ADDRESS + attempt.address());
    }

    private void uncount(String key) {
        windows.asMap().computeIfPresent(key, (same, window) -> window.plus(-1));
    }

    private void count(String key, int limit, Counter refused) {
        Instant now = clock.instant();
        Window window = windows.asMap()
                .compute(key, (same, known) -> current(known, now).plus(1));
        if (window.count() > limit) {
            refused.increment();
            throw ApiException.retryLater(
                    AuthError.TOO_MANY_ATTEMPTS,
                    "Too many sign-ins failed: try again later",
                    Duration.between(now, window.end()).plusSeconds(1));
        }
    }

    private Window current(@Nullable Window known, Instant now) {
        return known != null && now.isBefore(known.end()) ? known : new Window(now.plus(settings.window()), 0);
    }
}
