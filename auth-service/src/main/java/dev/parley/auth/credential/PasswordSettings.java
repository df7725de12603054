package dev.parley.auth.credential;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How passwords are hashed: Argon2id (RFC 9106), by default with the least that OWASP recommends.
 *
 * @param memoryKib memory of one hash, in KiB
 * @param iterations passes over the memory
 * @param parallelism lanes
 * @param maxConcurrent hashes that are computed at once; each takes a core and the memory above
 * @param maxQueued hashes that may wait; past it requests are refused
 */
@ConfigurationProperties("parley.auth.passwords")
record PasswordSettings(
        @DefaultValue("19456") int memoryKib,
        @DefaultValue("2") int iterations,
        @DefaultValue("1") int parallelism,
        @DefaultValue("2") int maxConcurrent,
        @DefaultValue("200") int maxQueued) {}
