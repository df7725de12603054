package dev.parley.auth.credential;

import dev.parley.platform.id.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Hashes and checks passwords on threads of its own, because a hash takes tens of milliseconds of a core, and memory. New passwords and
 * sign-ins have separate threads and queues, so that a flood of registrations cannot stop those who have an account already.
 */
@Component
class PasswordHashing implements DisposableBean {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Argon2PasswordEncoder argon2;
    private final HashingQueue registrations;
    private final HashingQueue signIns;
    private final PasswordHash decoy;

    PasswordHashing(PasswordSettings settings, MeterRegistry meters) {
        this.argon2 = new Argon2PasswordEncoder(
                SALT_BYTES, HASH_BYTES, settings.parallelism(), settings.memoryKib(), settings.iterations());
        this.registrations =
                new HashingQueue("registration", settings.registrationThreads(), settings.registrationQueue(), meters);
        this.signIns = new HashingQueue("sign-in", settings.signInThreads(), settings.signInQueue(), meters);
        this.decoy = encode(new Password(Ids.next()));
    }

    /** The hash of a new password with its salt and its parameters, in the PHC string format. */
    Mono<PasswordHash> hash(Password password) {
        return registrations.run(() -> encode(password));
    }

    /** Whether it is the password that was hashed. Earlier hashes are of the password as it was typed, in whatever form. */
    Mono<Boolean> matches(Password password, PasswordHash hash) {
        return signIns.run(() -> argon2.matches(password.normalized(), hash.value())
                || !password.normalized().equals(password.typed()) && argon2.matches(password.typed(), hash.value()));
    }

    /** A hash that no password matches. A sign-in without an account is compared with it, so that it takes as long as any other. */
    PasswordHash decoy() {
        return decoy;
    }

    private PasswordHash encode(Password password) {
        return new PasswordHash(Objects.requireNonNull(argon2.encode(password.normalized())));
    }

    @Override
    public void destroy() {
        registrations.stop();
        signIns.stop();
    }
}
