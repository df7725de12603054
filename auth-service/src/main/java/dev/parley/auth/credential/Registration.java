package dev.parley.auth.credential;

import dev.parley.auth.AuthError;
import dev.parley.auth.OutcomeCounter;
import dev.parley.auth.session.SessionTokens;
import dev.parley.auth.session.Sessions;
import dev.parley.auth.user.NewUser;
import dev.parley.auth.user.RegistrationKey;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Registers users with a password, and signs them in. */
@Component
public class Registration {

    private final RegistrationAdmission admission;
    private final RepeatedRegistration repeated;
    private final NewAccounts accounts;
    private final Sessions sessions;
    private final OutcomeCounter outcomes;

    Registration(
            RegistrationAdmission admission,
            RepeatedRegistration repeated,
            NewAccounts accounts,
            Sessions sessions,
            MeterRegistry meters) {
        this.admission = admission;
        this.repeated = repeated;
        this.accounts = accounts;
        this.sessions = sessions;
        this.outcomes = new OutcomeCounter(meters, "parley.auth.registrations", "Registrations, by how they ended");
    }

    /**
     * Registers a user.
     *
     * @param key by which the same registration is recognised when it is sent again: the same user is signed in
     * @param address where the registration comes from
     * @return fails with {@link AuthError#UNKNOWN_TENANT}, {@link AuthError#REGISTRATION_CLOSED}, {@link AuthError#EMAIL_TAKEN},
     *     {@link AuthError#USERNAME_TAKEN}, {@link AuthError#BUSY} or {@link PlatformError#KEY_REUSED}, or because there were too many
     *     registrations
     */
    public Mono<SessionTokens> register(
            NewUser newUser, Password password, @Nullable RegistrationKey key, String address) {
        Mono<SessionTokens> again = Mono.defer(() -> repeated.signIn(newUser, password, key, address));
        Mono<SessionTokens> first = accounts.add(newUser, password, key)
                .flatMap(sessions::start)
                // Of two at the same moment one stores the user.
                .onErrorResume(Registration::isTaken, taken -> again.switchIfEmpty(Mono.error(taken)));
        return outcomes.count(
                Mono.defer(() -> admission.admit(newUser.tenantId(), address)).then(again.switchIfEmpty(first)));
    }

    private static boolean isTaken(Throwable failure) {
        return failure instanceof ApiException known
                && (known.code() == AuthError.EMAIL_TAKEN || known.code() == AuthError.USERNAME_TAKEN);
    }
}
