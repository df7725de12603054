package dev.parley.embedded.store.key;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Operations on keys. Keys compare as strings of unsigned bytes; a prefix comes before the longer key. */
public final class Bytes {

    private Bytes() {}

    /** The first key after every key that starts with the prefix, or null when there is none (all bytes are 0xFF). */
    public static byte @Nullable [] successor(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        byte[] result = Arrays.copyOf(prefix, last + 1);
        result[last]++;
        return result;
    }

    public static byte[] concat(byte[] first, byte[] second) {
        byte[] result = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, result, first.length, second.length);
        return result;
    }

    public static byte[] inverted(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = (byte) ~bytes[i];
        }
        return result;
    }

    /** The number in four bytes, big-endian, so that keys sort by it. */
    public static byte[] ofInt(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }
}
