package dev.parley.auth.credential;

import dev.parley.auth.AuthError;
import dev.parley.auth.session.Grant;
import dev.parley.auth.session.Sessions;
import dev.parley.auth.user.User;
import dev.parley.auth.user.UserKeys;
import dev.parley.auth.user.Users;
import dev.parley.platform.error.ApiException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Signs users in by email and password. */
@Component
public class SignIn {

    private final Users users;
    private final Credentials credentials;
    private final PasswordHashing hashing;
    private final LoginAttempts attempts;
    private final Sessions sessions;

    SignIn(Users users, Credentials credentials, PasswordHashing hashing, LoginAttempts attempts, Sessions sessions) {
        this.users = users;
        this.credentials = credentials;
        this.hashing = hashing;
        this.attempts = attempts;
        this.sessions = sessions;
    }

    /**
     * Signs a user in.
     *
     * @param address where the attempt comes from
     * @return fails with {@link AuthError#INVALID_CREDENTIALS} whatever of them is wrong, with
     *     {@link AuthError#TOO_MANY_ATTEMPTS} or {@link AuthError#BUSY}
     */
    public Mono<Grant> signIn(String tenantId, String email, Password password, String address) {
        return Mono.defer(() -> {
            LoginAttempts.Attempt attempt = attempts.begin(UserKeys.email(tenantId, email), address);
            return users.byEmail(tenantId, email)
                    .flatMap(user -> credentials.find(user.id()).map(hash -> new Account(user, hash)))
                    .flatMap(account -> check(account, password))
                    .switchIfEmpty(Mono.defer(() -> pretend(password)))
                    .doOnNext(user -> attempts.succeeded(attempt))
                    .doOnError(failure -> !isRefusal(failure), failure -> attempts.withdraw(attempt))
                    .flatMap(sessions::start);
        });
    }

    private record Account(User user, PasswordHash hash) {}

    private Mono<User> check(Account account, Password password) {
        return hashing.matches(password, account.hash())
                .flatMap(matches -> matches ? Mono.just(account.user()) : Mono.error(refusal()));
    }

    private Mono<User> pretend(Password password) {
        return hashing.matches(password, hashing.decoy()).then(Mono.error(SignIn::refusal));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ApiException known && known.code() == AuthError.INVALID_CREDENTIALS;
    }

    private static ApiException refusal() {
        return ApiException.of(AuthError.INVALID_CREDENTIALS, "The email or the password is wrong");
    }
}
