package dev.parley.auth.credential;

import dev.parley.auth.user.NewUser;
import dev.parley.auth.user.RegistrationKey;
import dev.parley.auth.user.User;
import dev.parley.auth.user.UserChanges;
import dev.parley.platform.error.ApiException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stores a new user together with a password. */
@Component
class NewAccounts {

    private final UserChanges users;
    private final PasswordHashing hashing;
    private final CredentialStore credentials;

    NewAccounts(UserChanges users, PasswordHashing hashing, CredentialStore credentials) {
        this.users = users;
        this.hashing = hashing;
        this.credentials = credentials;
    }

    /**
     * The password is stored before the user, so that a crash between the two leaves a password without a user, and never a user who
     * cannot sign in.
     *
     * @return fails as {@link UserChanges#add} does
     */
    Mono<User> add(NewUser newUser, Password password, @Nullable RegistrationKey key) {
        return Mono.defer(() -> {
            User user = users.propose(newUser);
            return users.requireFree(user)
                    .then(hashing.hash(password))
                    .flatMap(hash -> credentials.add(user.id(), hash))
                    .then(Mono.defer(() -> users.add(user, key)))
                    // After any other failure the user may have been stored, so the password stays.
                    .onErrorResume(
                            ApiException.class,
                            refused -> credentials.remove(user.id()).then(Mono.error(refused)));
        });
    }
}
