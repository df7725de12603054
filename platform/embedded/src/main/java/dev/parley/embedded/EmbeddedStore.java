package dev.parley.embedded;

import dev.parley.embedded.store.QueryStatistics;
import dev.parley.embedded.store.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A document store in this JVM that speaks MongoDB's protocol, with its data in a folder.
 *
 * <p>What a client was told is stored survives the kill of the process. What the store cannot do it refuses with an
 * error; it does nothing silently.
 */
public final class EmbeddedStore implements AutoCloseable {

    private final StoreServer server;

    private EmbeddedStore(StoreServer server) {
        this.server = server;
    }

    /** When a write counts as stored. */
    public enum SyncPolicy {
        /**
         * When the operating system has it. It survives the kill of the process, not the loss of the machine's power;
         * a write costs no wait for the disk.
         */
        OPERATING_SYSTEM,
        /**
         * When the disk has it. It survives the loss of power too. Each write waits for the disk, together with those
         * that other clients make meanwhile.
         */
        DISK
    }

    /**
     * How a store runs.
     *
     * @param directory where the data lives; created if missing, continued if it holds a store
     * @param port the port on the loopback interface; 0 for any free one
     * @param syncPolicy when a write counts as stored
     * @param cacheBytes the memory outside the heap that blocks, indexes and write buffers share
     * @param expirySweep the time between two searches for documents that a TTL index expires
     */
    public record Options(Path directory, int port, SyncPolicy syncPolicy, long cacheBytes, Duration expirySweep) {

        private static final long DEFAULT_CACHE_BYTES = 128L << 20;
        private static final long MIN_CACHE_BYTES = 4L << 20;
        private static final Duration DEFAULT_EXPIRY_SWEEP = Duration.ofSeconds(60);

        public Options {
            if (cacheBytes < MIN_CACHE_BYTES) {
                throw new IllegalArgumentException("A cache of " + cacheBytes + " bytes is too small to work with");
            }
            if (expirySweep.isNegative() || expirySweep.isZero()) {
                throw new IllegalArgumentException("The time between two sweeps must be positive: " + expirySweep);
            }
        }

        /** Any free port, {@link SyncPolicy#OPERATING_SYSTEM}, 128 MiB of cache, a sweep each minute. */
        public static Options at(Path directory) {
            return new Options(directory, 0, SyncPolicy.OPERATING_SYSTEM, DEFAULT_CACHE_BYTES, DEFAULT_EXPIRY_SWEEP);
        }

        public Options withPort(int newPort) {
            return new Options(directory, newPort, syncPolicy, cacheBytes, expirySweep);
        }

        public Options withSyncPolicy(SyncPolicy newPolicy) {
            return new Options(directory, port, newPolicy, cacheBytes, expirySweep);
        }

        public Options withCacheBytes(long newBytes) {
            return new Options(directory, port, syncPolicy, newBytes, expirySweep);
        }

        public Options withExpirySweep(Duration newInterval) {
            return new Options(directory, port, syncPolicy, cacheBytes, newInterval);
        }
    }

    /** Starts a store with the defaults of {@link Options#at} on a port, 0 for any free one. */
    public static EmbeddedStore start(Path directory, int port) throws IOException {
        return start(Options.at(directory).withPort(port));
    }

    /**
     * Starts a store and returns when it serves.
     *
     * @throws IOException when the folder or the port cannot be had, for instance because another store has it
     */
    public static EmbeddedStore start(Options options) throws IOException {
        return new EmbeddedStore(StoreServer.start(
                options.directory().toAbsolutePath(),
                options.port(),
                options.cacheBytes(),
                options.syncPolicy() == SyncPolicy.DISK,
                options.expirySweep()));
    }

    /** The connection string, without a database. */
    public String uri() {
        return "mongodb://127.0.0.1:" + server.port() + "/";
    }

    /** What queries have cost since the start, and which of them no index helped. */
    public QueryStatistics statistics() {
        return server.statistics();
    }

    /** Ends open connections, waits for what runs, and closes the files. */
    @Override
    public void close() {
        server.close();
    }
}
