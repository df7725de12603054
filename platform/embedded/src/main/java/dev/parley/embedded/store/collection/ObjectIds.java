package dev.parley.embedded.store.collection;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes object ids, which grow with time, for documents that come without an id. */
final class ObjectIds {

    private static final int BYTES = 12;
    private static final int RANDOM_BYTES = 5;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] PROCESS = new byte[RANDOM_BYTES];
    private static final AtomicInteger COUNTER = new AtomicInteger(RANDOM.nextInt());

    static {
        RANDOM.nextBytes(PROCESS);
    }

    private ObjectIds() {}

    static byte[] next() {
        int counter = COUNTER.incrementAndGet();
        return ByteBuffer.allocate(BYTES)
                .putInt((int) Instant.now().getEpochSecond())
                .put(PROCESS)
                .put((byte) (counter >>> 16))
                .put((byte) (counter >>> 8))
                .put((byte) counter)
                .array();
    }
}
