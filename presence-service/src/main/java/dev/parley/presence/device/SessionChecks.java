package dev.parley.presence.device;

import dev.parley.platform.error.ErrorTranslation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Asks whether a sign-in still holds whenever a socket's token is about to expire. The end of a sign-in is told as an event
 * as well, but one that was missed must not leave a socket open that only listens.
 */
@Component
public final class SessionChecks {

    /** Between two questions, where auth-service fails or its tokens are short-lived. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(30);

    private final Map<ConnectedUser, Disposable> checks = new ConcurrentHashMap<>();

    /** @param revoked called once when the sign-in was ended, unless {@link #end} comes first */
    public void begin(ConnectedUser user, Runnable revoked) {
        checks.put(user, repeated(() -> pause(user), user::acting, revoked));
    }

    public void end(ConnectedUser user) {
        Disposable check = checks.remove(user);
        if (check != null) {
            check.dispose();
        }
    }

    private static Duration pause(ConnectedUser user) {
        Duration fresh = user.fresh();
        return fresh.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : fresh;
    }

    static Disposable repeated(Supplier<Duration> pause, Supplier<Mono<?>> check, Runnable revoked) {
        return Mono.defer(() -> Mono.delay(pause.get()))
                .then(Mono.defer(() -> check.get().thenReturn(true)))
                .onErrorResume(failure -> Mono.just(!isRefusal(failure)))
                .repeat()
                .filter(valid -> !valid)
                .next()
                .subscribe(refused -> revoked.run());
    }

    private static boolean isRefusal(Throwable failure) {
        return ErrorTranslation.translate(failure).code().status() == HttpStatus.UNAUTHORIZED;
    }
}
