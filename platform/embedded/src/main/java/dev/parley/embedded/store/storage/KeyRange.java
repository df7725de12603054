package dev.parley.embedded.store.storage;

import dev.parley.embedded.store.key.Bytes;
import java.util.Arrays;

/** Keys from {@code start}, inclusive, to {@code end}, exclusive. */
public record KeyRange(byte[] start, byte[] end) {

    /** Every key of a key space. */
    public static KeyRange of(int keyspace) {
        return new KeyRange(Bytes.ofInt(keyspace), Bytes.ofInt(keyspace + 1));
    }

    boolean contains(byte[] key) {
        return Arrays.compareUnsigned(key, start) >= 0 && Arrays.compareUnsigned(key, end) < 0;
    }
}
