package dev.parley.auth.credential;

import dev.parley.auth.AuthError;
import dev.parley.auth.OutcomeCounter;
import dev.parley.auth.session.SessionTokens;
import dev.parley.auth.session.Sessions;
import dev.parley.auth.tenant.Tenants;
import dev.parley.auth.user.UserKeys;
import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Signs users in by email and password. */
@Component
public class SignIn {

    private final Tenants tenants;
    private final PasswordCheck passwords;
    private final LoginAttempts attempts;
    private final Sessions sessions;
    private final OutcomeCounter outcomes;

    SignIn(Tenants tenants, PasswordCheck passwords, LoginAttempts attempts, Sessions sessions, MeterRegistry meters) {
        this.tenants = tenants;
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
        this.outcomes = new OutcomeCounter(meters, "parley.auth.sign-ins");
    }

    /**
     * Signs a user in.
     *
     * @param tenantId null for the default tenant
     * @param address where the attempt comes from
     * @return fails with {@link AuthError#INVALID_CREDENTIALS} if any of them is wrong, with
     *     {@link AuthError#TOO_MANY_ATTEMPTS} or {@link AuthError#BUSY}
     */
    public Mono<SessionTokens> signIn(@Nullable String tenantId, String email, Password password, String address) {
        String tenant = tenants.orDefault(tenantId);
        return outcomes.count(Mono.defer(() -> {
            LoginAttempts.Attempt attempt = attempts.begin(UserKeys.email(tenant, email), address);
            return passwords
                    .user(tenant, email, password)
                    .doOnNext(user -> attempts.succeeded(attempt))
                    .doOnError(failure -> !isRefusal(failure), failure -> attempts.withdraw(attempt))
                    .flatMap(sessions::start);
        }));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ApiException known && known.code() == AuthError.INVALID_CREDENTIALS;
    }
}
