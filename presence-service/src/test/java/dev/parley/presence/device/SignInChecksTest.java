package dev.parley.presence.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class SignInChecksTest {

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger revoked = new AtomicInteger();

    @Test
    void repeatsTheCheckUntilTheSignInIsRevoked() {
        Disposable check = SignInChecks.repeat(() -> PAUSE, this::answer, revoked::incrementAndGet);

        Until.satisfied(() -> assertThat(revoked).hasValue(1));

        assertThat(check.isDisposed()).isTrue();
        assertThat(asked).hasValue(3);
    }

    @Test
    void stopsCheckingAfterTheEnd() {
        Disposable check = SignInChecks.repeat(() -> Duration.ofHours(1), this::answer, revoked::incrementAndGet);

        check.dispose();

        assertThat(check.isDisposed()).isTrue();
        assertThat(asked).hasValue(0);
        assertThat(revoked).hasValue(0);
    }

    /** Good, then unreachable, then refused. */
    private Mono<?> answer() {
        return switch (asked.incrementAndGet()) {
            case 1 -> Mono.just("token");
            case 2 -> Mono.error(new IllegalStateException("auth-service is away"));
            default -> Mono.error(ApiException.of(PlatformError.TOKEN_INVALID, "This session has ended"));
        };
    }
}
