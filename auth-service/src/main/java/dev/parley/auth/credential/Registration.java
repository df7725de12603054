package dev.parley.auth.credential;

import dev.parley.auth.AuthError;
import dev.parley.auth.OutcomeCounter;
import dev.parley.auth.session.SessionTokens;
import dev.parley.auth.session.Sessions;
import dev.parley.auth.user.NewUser;
import dev.parley.auth.user.User;
import dev.parley.auth.user.UserChanges;
import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Registers users with a password, and signs them in. */
@Component
public class Registration {

    private final RegistrationAdmission admission;
    private final UserChanges users;
    private final PasswordHashing hashing;
    private final CredentialStore credentials;
    private final Sessions sessions;
    private final OutcomeCounter outcomes;

    Registration(
            RegistrationAdmission admission,
            UserChanges users,
            PasswordHashing hashing,
            CredentialStore credentials,
            Sessions sessions,
            MeterRegistry meters) {
        this.admission = admission;
        this.users = users;
        this.hashing = hashing;
        this.credentials = credentials;
        this.sessions = sessions;
        this.outcomes = new OutcomeCounter(meters, "parley.auth.registrations");
    }

    /**
     * Registers a user. The password is stored before the user, so that a crash between the two leaves a password without a user, and
     * never a user who cannot sign in.
     *
     * @param address where the registration comes from
     * @return fails with {@link AuthError#UNKNOWN_TENANT}, {@link AuthError#REGISTRATION_CLOSED}, {@link AuthError#EMAIL_TAKEN},
     *     {@link AuthError#USERNAME_TAKEN} or {@link AuthError#BUSY}, or because there were too many registrations
     */
    public Mono<SessionTokens> register(NewUser newUser, Password password, String address) {
        return outcomes.count(Mono.defer(() -> {
            User user = users.propose(newUser);
            return admission
                    .admit(newUser.tenantId(), address)
                    .then(users.requireFree(user))
                    .then(hashing.hash(password))
                    .flatMap(hash -> credentials.add(user.id(), hash))
                    .then(Mono.defer(() -> users.add(user)))
                    // After any other failure the user may have been stored, so the password stays.
                    .onErrorResume(
                            ApiException.class,
                            refused -> credentials.remove(user.id()).then(Mono.error(refused)))
                    .flatMap(sessions::start);
        }));
    }
}
