package dev.parley.auth.credential;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

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
        Assert.isTrue(parallelism > 0, "parley.auth.passwords.parallelism must be positive");
        Assert.isTrue(
                memoryKib >= MIN_KIB_A_LANE * parallelism,
                "parley.auth.passwords.memory-kib must be at least " + MIN_KIB_A_LANE + " for each lane");
        Assert.isTrue(iterations > 0, "parley.auth.passwords.iterations must be positive");
        Assert.isTrue(maxConcurrent > 0, "parley.auth.passwords.max-concurrent must be positive");
        Assert.isTrue(maxQueued > 0, "parley.auth.passwords.max-queued must be positive");
    }

    /** RFC 9106, section 3.1. */
    private static final int MIN_KIB_A_LANE = 8;
}
