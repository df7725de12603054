package dev.parley.auth.credential;

import dev.parley.auth.AuthError;
import dev.parley.auth.OutcomeCounter;
import dev.parley.auth.session.SessionTokens;
import dev.parley.auth.session.Sessions;
import dev.parley.auth.user.User;
import dev.parley.auth.user.UserKeys;
import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Signs users in by email and password. */
@Component
public class SignIn {

    private final PasswordCheck passwords;
    private final LoginAttempts attempts;
    private final Sessions sessions;
    private final OutcomeCounter outcomes;

    SignIn(PasswordCheck passwords, LoginAttempts attempts, Sessions sessions, MeterRegistry meters) {
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
        this.outcomes = new OutcomeCounter(meters, "parley.auth.sign-ins", "Sign-ins, by how they ended");
    }

    /**
     * Signs a user in.
     *
     * @param address where the attempt comes from
     * @return fails with {@link AuthError#INVALID_CREDENTIALS} if any of them is wrong, with
     *     {@link AuthError#TOO_MANY_ATTEMPTS} or {@link AuthError#BUSY}
     */
    public Mono<SessionTokens> signIn(String tenantId, String email, Password password, String address) {
        return outcomes.count(Mono.defer(() -> attempts.begin(UserKeys.email(tenantId, email), address))
                .flatMap(attempt -> checked(attempt, passwords.user(tenantId, email, password)))
                .flatMap(sessions::start));
    }

    /** If the store fails, what was counted stays until the window ends. */
    private Mono<User> checked(LoginAttempts.Attempt attempt, Mono<User> check) {
        return check.onErrorResume(
                        failure -> !isRefusal(failure),
                        failure -> attempts.withdraw(attempt).onErrorComplete().then(Mono.error(failure)))
                .delayUntil(user -> attempts.succeeded(attempt).onErrorComplete());
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ApiException known && known.code() == AuthError.INVALID_CREDENTIALS;
    }
}
