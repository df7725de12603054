package dev.parley.auth.credential;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How passwords are hashed: Argon2id (RFC 9106), by default with the smallest parameters that OWASP recommends.
 *
 * @param memoryKib memory of one hash, in KiB
 * @param iterations passes over the memory
 * @param parallelism lanes
 * @param signInThreads how many sign-ins are checked at once; each takes a core and the memory above
 * @param signInQueue how many sign-ins may wait; if more would wait, they are refused
 * @param registrationThreads how many new passwords are hashed at once; each takes a core and the memory above
 * @param registrationQueue how many registrations may wait; if more would wait, they are refused
 */
@ConfigurationProperties("parley.auth.passwords")
record PasswordSettings(
        @DefaultValue("19456") int memoryKib,
        @DefaultValue("2") int iterations,
        @DefaultValue("1") int parallelism,
        @DefaultValue("2") int signInThreads,
        @DefaultValue("200") int signInQueue,
        @DefaultValue("1") int registrationThreads,
        @DefaultValue("200") int registrationQueue) {

    PasswordSettings {
        SettingsCheck.of("parley.auth.passwords")
                .positive("parallelism", parallelism)
                .require(
                        memoryKib >= MIN_KIB_A_LANE * parallelism,
                        "memory-kib",
                        "must be at least " + MIN_KIB_A_LANE + " for each lane")
                .positive("iterations", iterations)
                .positive("sign-in-threads", signInThreads)
                .positive("sign-in-queue", signInQueue)
                .positive("registration-threads", registrationThreads)
                .positive("registration-queue", registrationQueue);
    }

    /** RFC 9106, section 3.1. */
    private static final int MIN_KIB_A_LANE = 8;
}
