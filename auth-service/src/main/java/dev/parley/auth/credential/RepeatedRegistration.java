package dev.parley.auth.credential;

import dev.parley.auth.AuthError;
import dev.parley.auth.session.SessionTokens;
import dev.parley.auth.user.NewUser;
import dev.parley.auth.user.RegistrationKey;
import dev.parley.auth.user.Users;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Recognises a registration that is sent again, by its key. Nothing is kept of the password but its hash: who sends a
 * registration again signs in, and tries passwords no faster than at any other sign-in.
 */
@Component
class RepeatedRegistration {

    private final Users users;
    private final SignIn signIn;

    RepeatedRegistration(Users users, SignIn signIn) {
        this.users = users;
        this.signIn = signIn;
    }

    /**
     * Signs the user in who registered with this key.
     *
     * @return empty if nobody did; fails with {@link PlatformError#KEY_REUSED} if it was another registration, and as
     *     {@link SignIn#signIn} does
     */
    Mono<SessionTokens> signIn(NewUser newUser, Password password, @Nullable RegistrationKey key, String address) {
        return key == null
                ? Mono.empty()
                : users.registeredWith(key)
                        .flatMap(earlier -> earlier.equals(key)
                                ? signIn.signIn(newUser.tenantId(), newUser.email(), password, address)
                                        .onErrorMap(
                                                RepeatedRegistration::isOfAnotherPassword,
                                                wrong -> RegistrationKey.reused())
                                : Mono.error(RegistrationKey.reused()));
    }

    private static boolean isOfAnotherPassword(Throwable failure) {
        return failure instanceof ApiException known && known.code() == AuthError.INVALID_CREDENTIALS;
    }
}
