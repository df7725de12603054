package dev.parley.message.access;

import org.jspecify.annotations.Nullable;

/**
 * Messages of a conversation that a user may see: all from one {@code seq} to another.
 *
 * @param toSeq the last one; null while the range has no end
 */
public record VisibleRange(long fromSeq, @Nullable Long toSeq) {

    /** The last {@code seq}; without an end, a number that no {@code seq} reaches. */
    public long end() {
        return toSeq == null ? Long.MAX_VALUE - 1 : toSeq;
    }

    boolean contains(long seq) {
        return seq >= fromSeq && seq <= end();
    }
}
