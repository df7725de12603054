package dev.parley.embedded.store.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a store runs.
 *
 * @param directory where the data is kept; created if missing, continued if it holds a store
 * @param port the port on the loopback interface; 0 for any free one
 * @param syncPolicy when a write counts as stored
 * @param cacheBytes the memory outside the heap that blocks, indexes and write buffers share
 * @param expirySweep the time between two searches for documents that a TTL index says have expired
 * @param cursorTimeout the time after which an open cursor that nobody reads is dropped, at the next such search
 * @param maxConcurrentRequests how many reads, and how many writes, the store works on at a time; others wait
 * @param credentials what clients must know; without them everybody on this machine may read and write
 */
public record StoreSettings(
        Path directory,
        int port,
        SyncPolicy syncPolicy,
        long cacheBytes,
        Duration expirySweep,
        Duration cursorTimeout,
        int maxConcurrentRequests,
        @Nullable Credentials credentials) {

    private static final String PREFIX = "parley.embedded.store.";
    private static final long DEFAULT_CACHE_BYTES = 128L << 20;
    private static final long MIN_CACHE_BYTES = 4L << 20;
    private static final Duration DEFAULT_EXPIRY_SWEEP = Duration.ofSeconds(60);
    private static final Duration DEFAULT_CURSOR_TIMEOUT = Duration.ofMinutes(10);
    private static final int DEFAULT_CONCURRENT_REQUESTS = 32;

    public StoreSettings {
        check(
                cacheBytes >= MIN_CACHE_BYTES,
                "cache-size must be at least " + MIN_CACHE_BYTES + " bytes, not " + cacheBytes);
        check(isPositive(expirySweep), "expiry-sweep must be positive, not " + expirySweep);
        check(isPositive(cursorTimeout), "cursor-timeout must be positive, not " + cursorTimeout);
        check(maxConcurrentRequests > 0, "max-concurrent-requests must be positive, not " + maxConcurrentRequests);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(PREFIX + message);
        }
    }

    /** The defaults: any free port, {@link SyncPolicy#OPERATING_SYSTEM}, 128 MiB of cache, a sweep each minute. */
    public static StoreSettings at(Path directory) {
        return new StoreSettings(
                directory,
                0,
                SyncPolicy.OPERATING_SYSTEM,
                DEFAULT_CACHE_BYTES,
                DEFAULT_EXPIRY_SWEEP,
                DEFAULT_CURSOR_TIMEOUT,
                DEFAULT_CONCURRENT_REQUESTS,
                null);
    }

    public StoreSettings withPort(int newPort) {
        return new StoreSettings(
                directory,
                newPort,
                syncPolicy,
                cacheBytes,
                expirySweep,
                cursorTimeout,
                maxConcurrentRequests,
                credentials);
    }

    public StoreSettings withSyncPolicy(SyncPolicy newPolicy) {
        return new StoreSettings(
                directory, port, newPolicy, cacheBytes, expirySweep, cursorTimeout, maxConcurrentRequests, credentials);
    }

    public StoreSettings withCacheBytes(long newBytes) {
        return new StoreSettings(
                directory, port, syncPolicy, newBytes, expirySweep, cursorTimeout, maxConcurrentRequests, credentials);
    }

    public StoreSettings withExpirySweep(Duration newInterval) {
        return new StoreSettings(
                directory,
                port,
                syncPolicy,
                cacheBytes,
                newInterval,
                cursorTimeout,
                maxConcurrentRequests,
                credentials);
    }

    public StoreSettings withCursorTimeout(Duration newTimeout) {
        return new StoreSettings(
                directory, port, syncPolicy, cacheBytes, expirySweep, newTimeout, maxConcurrentRequests, credentials);
    }

    public StoreSettings withCredentials(@Nullable Credentials newCredentials) {
        return new StoreSettings(
                directory,
                port,
                syncPolicy,
                cacheBytes,
                expirySweep,
                cursorTimeout,
                maxConcurrentRequests,
                newCredentials);
    }
}
