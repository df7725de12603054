package dev.parley.auth.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.auth.token.SettableClock;
import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final LoginAttempts attempts = new LoginAttempts(
            new LoginLimitSettings(2, Duration.ofMinutes(5), 4, Duration.ofMinutes(10), 1_000, 1), clock, metrics);

    @Test
    void opensAgainWhenTheWindowEnds() {
        attempts.begin("account", "address");
        clock.advance(Duration.ofMinutes(4));
        attempts.begin("account", "address");
        ApiException refusal = refusal("account", "address");
        assertThat(refusal.retryAfter()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
        assertThat(metrics.counter("parley.auth.login.refused", "limit", "account")
                        .count())
                .isEqualTo(1);
        clock.advance(Duration.ofSeconds(61));
        attempts.begin("account", "address");
    }

    @Test
    void doesNotCountAnAttemptThatToldNothing() {
        for (int i = 0; i < 10; i++) {
            attempts.withdraw(attempts.begin("account", "address"));
        }
    }

    @Test
    void keepsTheFailuresOfOthersFromAnAddressThatSucceeds() {
        attempts.begin("victim", "address");
        attempts.begin("another victim", "address");
        attempts.succeeded(attempts.begin("own", "address"));
        attempts.begin("a third", "address");
        attempts.begin("a fourth", "address");
        assertThat(refusal("a fifth", "address")).isNotNull();
    }

    @Test
    void countsAnAccountOfAnAddressForItself() {
        for (String address : List.of("one", "another", "a third")) {
            attempts.begin("account", address);
            attempts.begin("account", address);
            assertThat(refusal("account", address)).isNotNull();
        }
        attempts.begin("account", "of the owner");
    }

    @Test
    void keepsTheFailuresFromElsewhereWhenTheOwnerSucceeds() {
        attempts.begin("account", "elsewhere");
        attempts.begin("account", "elsewhere");
        attempts.succeeded(attempts.begin("account", "of the owner"));
        assertThat(refusal("account", "elsewhere")).isNotNull();
    }

    @Test
    void countsAnAddressForLongerThanAnAccount() {
        attempts.begin("account", "address");
        attempts.begin("account", "address");
        clock.advance(Duration.ofMinutes(6));
        attempts.begin("account", "address");
        attempts.begin("account", "address");
        assertThat(refusal("account", "address").retryAfter())
                .isBetween(Duration.ofMinutes(4), Duration.ofSeconds(241));
        assertThat(metrics.counter("parley.auth.login.refused", "limit", "address")
                        .count())
                .isEqualTo(1);
    }

    private ApiException refusal(String account, String address) {
        return catchThrowableOfType(ApiException.class, () -> attempts.begin(account, address));
    }
}
