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
 * @param maxConcurrent how many hashes are computed at once; each takes a core and the memory above
 * @param maxQueued how many hashes may wait; if more would wait, requests are refused
 */
@ConfigurationProperties("parley.auth.passwords")
record PasswordSettings(
        @DefaultValue("19456") int memoryKib,
        @DefaultValue("2") int iterations,
        @DefaultValue("1") int parallelism,
        @DefaultValue("2") int maxConcurrent,
        @DefaultValue("200") int maxQueued) {

    PasswordSettings {
        SettingsCheck.of("parley.auth.passwords")
                .positive("parallelism", parallelism)
                .require(
                        memoryKib >= MIN_KIB_A_LANE * parallelism,
                        "memory-kib",
                        "must be at least " + MIN_KIB_A_LANE + " for each lane")
                .positive("iterations", iterations)
                .positive("max-concurrent", maxConcurrent)
                .positive("max-queued", maxQueued);
    }

    /** RFC 9106, section 3.1. */
    private static final int MIN_KIB_A_LANE = 8;
}
