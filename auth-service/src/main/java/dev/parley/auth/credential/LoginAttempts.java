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
 * Bounds how often passwords can be guessed, for each account and each remote address. An attempt counts from its
 * beginning, so that many at once cannot pass together; one that succeeds does not count.
 */
@Component
class LoginAttempts {

    private static final String ACCOUNT = "account:";
    private static final String ADDRESS = "address:";

    /** An attempt that was let through. */
    record Attempt(String account, String address) {}

    private record Window(Instant end, int count) {

        Window plus(int attempts) {
            return new Window(end, Math.max(0, count + attempts));
        }
    }

    private final Cache<String, Window> windows;
    private final LoginLimitSettings settings;
    private final Clock clock;
    private final Counter refused;

    LoginAttempts(LoginLimitSettings settings, Clock clock, MeterRegistry metrics) {
        this.windows = Caffeine.newBuilder().maximumSize(settings.maxTracked()).build();
        this.settings = settings;
        this.clock = clock;
        this.refused = metrics.counter("parley.auth.login.refused");
    }

    /** @throws ApiException {@link AuthError#TOO_MANY_ATTEMPTS} with the time until the window ends */
    Attempt begin(String account, String address) {
        count(ADDRESS + address, settings.perAddress());
        count(ACCOUNT + account, settings.perAccount());
        return new Attempt(account, address);
    }

    /** Forgets the account's failures; those of others from the same address stay. */
    void succeeded(Attempt attempt) {
        windows.invalidate(ACCOUNT + attempt.account());
        uncount(ADDRESS + attempt.address());
    }

    /** For an attempt that told nobody whether the password was right. */
    void withdraw(Attempt attempt) {
        uncount(ACCOUNT + attempt.account());
        uncount(ADDRESS + attempt.address());
    }

    private void uncount(String key) {
        windows.asMap().computeIfPresent(key, (same, window) -> window.plus(-1));
    }

    private void count(String key, int limit) {
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
