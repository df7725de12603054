package dev.parley.embedded.store.key;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Arithmetic on keys: byte strings compared as unsigned, shorter first. */
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

    public static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The key space's four bytes, big-endian, so that key spaces lie side by side. */
    public static byte[] ofInt(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }
}
