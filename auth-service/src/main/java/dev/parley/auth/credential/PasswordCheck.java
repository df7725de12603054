package dev.parley.auth.credential;

import dev.parley.auth.AuthError;
import dev.parley.auth.user.User;
import dev.parley.auth.user.Users;
import dev.parley.platform.error.ApiException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the user to whom an email and a password belong. It takes as long whether there is such an account or not. */
@Component
class PasswordCheck {

    private final Users users;
    private final CredentialStore credentials;
    private final PasswordHashing hashing;

    PasswordCheck(Users users, CredentialStore credentials, PasswordHashing hashing) {
        this.users = users;
        this.credentials = credentials;
        this.hashing = hashing;
    }

    private record Account(User user, PasswordHash hash) {}

    /** @return fails with {@link AuthError#INVALID_CREDENTIALS} whatever is wrong, and with {@link AuthError#BUSY} */
    Mono<User> user(String tenantId, String email, Password password) {
        return users.byEmail(tenantId, email)
                .flatMap(user -> credentials.find(user.id()).map(hash -> new Account(user, hash)))
                .flatMap(account -> check(account, password))
                .switchIfEmpty(Mono.defer(() -> refuseUnknown(password)));
    }

    private Mono<User> check(Account account, Password password) {
        return hashing.matches(password, account.hash())
                .flatMap(matches -> matches ? Mono.just(account.user()) : Mono.error(refusal()));
    }

    private Mono<User> refuseUnknown(Password password) {
        return hashing.matches(password, hashing.decoy()).then(Mono.error(PasswordCheck::refusal));
    }

    private static ApiException refusal() {
        return ApiException.of(AuthError.INVALID_CREDENTIALS, "The email or the password is wrong");
    }
}
