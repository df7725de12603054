package dev.parley.media.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * As much of a file as its type is told by.
 *
 * @param head the first {@link #HEAD_LENGTH} bytes, or all of a shorter file
 * @param tail the last {@link #TAIL_LENGTH} bytes, or all of a shorter file
 * @param size of the whole file in bytes
 */
public record ContentSample(byte[] head, byte[] tail, long size) {

    public static final int HEAD_LENGTH = 64 * 1024;

    /** The end of a ZIP archive is at most that far from the end of the file (APPNOTE.TXT, 4.3.16). */
    public static final int TAIL_LENGTH = 22 + 0xFFFF;

    /** Of a file that is in memory as a whole. */
    public static ContentSample of(byte[] whole) {
        return new ContentSample(
                Arrays.copyOf(whole, Math.min(whole.length, HEAD_LENGTH)),
                Arrays.copyOfRange(whole, Math.max(0, whole.length - TAIL_LENGTH), whole.length),
                whole.length);
    }

    boolean startsWith(String ascii) {
        return hasAt(0, ascii);
    }

    boolean hasAt(int offset, String ascii) {
        byte[] wanted = ascii.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= offset + wanted.length
                && Arrays.equals(head, offset, offset + wanted.length, wanted, 0, wanted.length);
    }

    /** The first bytes as one character each. */
    String text(int length) {
        return new String(head, 0, Math.min(head.length, length), StandardCharsets.ISO_8859_1);
    }
}
