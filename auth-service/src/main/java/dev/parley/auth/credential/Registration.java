package dev.parley.auth.credential;

import dev.parley.auth.AuthError;
import dev.parley.auth.session.Grant;
import dev.parley.auth.session.Sessions;
import dev.parley.auth.tenant.Tenants;
import dev.parley.auth.user.NewUser;
import dev.parley.auth.user.User;
import dev.parley.auth.user.UserChanges;
import dev.parley.platform.error.ApiException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes users who sign in with a password, and signs them in. */
@Component
public class Registration {

    private final Tenants tenants;
    private final UserChanges users;
    private final PasswordHashing hashing;
    private final Credentials credentials;
    private final Sessions sessions;

    Registration(
            Tenants tenants, UserChanges users, PasswordHashing hashing, Credentials credentials, Sessions sessions) {
        this.tenants = tenants;
        this.users = users;
        this.hashing = hashing;
        this.credentials = credentials;
        this.sessions = sessions;
    }

    /**
     * Registers a user. The password is stored first: a crash in between leaves a password that belongs to nobody, not
     * a user who can never sign in.
     *
     * @return fails with {@link AuthError#UNKNOWN_TENANT}, {@link AuthError#EMAIL_TAKEN},
     *     {@link AuthError#USERNAME_TAKEN} or {@link AuthError#BUSY}
     */
    public Mono<Grant> register(NewUser newUser, Password password) {
        return Mono.defer(() -> {
            User user = users.propose(newUser);
            return tenants.admit(newUser.tenantId())
                    .then(users.requireFree(user))
                    .then(hashing.hash(password))
                    .flatMap(hash -> credentials.add(user.id(), hash))
                    .then(Mono.defer(() -> users.add(user)))
                    // Of another failure it is not known whether the user is there: a password of nobody does no harm.
                    .onErrorResume(
                            ApiException.class,
                            refused -> credentials.remove(user.id()).then(Mono.error(refused)))
                    .flatMap(sessions::start);
        });
    }
}
