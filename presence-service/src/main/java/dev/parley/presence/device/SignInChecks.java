package dev.parley.presence.device;

import dev.parley.platform.error.ErrorTranslation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Checks whether a sign-in is still valid each time the token of a socket is about to expire. The end of a sign-in is also
 * published as an event, but a socket that only listens must not stay open because that event was missed.
 */
@Component
public final class SignInChecks {

    /** The shortest time between two checks, for when auth-service fails or its tokens are short-lived. */
    private static final Duration MIN_PAUSE = Duration.ofSeconds(30);

    private final Map<ConnectedUser, Disposable> checks = new ConcurrentHashMap<>();

    /** @param revoked called once if the sign-in was revoked before {@link #stop} */
    public void start(ConnectedUser user, Runnable revoked) {
        checks.put(user, repeat(() -> pause(user), user::freshCaller, revoked));
    }

    public void stop(ConnectedUser user) {
        Disposable check = checks.remove(user);
        if (check != null) {
            check.dispose();
        }
    }

    private static Duration pause(ConnectedUser user) {
        Duration timeLeft = user.timeToRenewal();
        return timeLeft.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : timeLeft;
    }

    static Disposable repeat(Supplier<Duration> pause, Supplier<Mono<?>> check, Runnable revoked) {
        return Mono.defer(() -> Mono.delay(pause.get()))
                .then(Mono.defer(() -> check.get().thenReturn(true)))
                .onErrorResume(failure -> Mono.just(!isRefusal(failure)))
                .repeat()
                .filter(valid -> !valid)
                .next()
                .subscribe(refused -> revoked.run());
    }

    private static boolean isRefusal(Throwable failure) {
        return ErrorTranslation.translate(failure).code().isUnauthorized();
    }
}
