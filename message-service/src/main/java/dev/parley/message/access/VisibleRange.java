package dev.parley.message.access;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a conversation that somebody may see.
 *
 * @param fromSeq its first place
 * @param toSeq its last place; null while it has no end
 */
public record VisibleRange(long fromSeq, @Nullable Long toSeq) {

    /** The last place, or a number that no place reaches. */
    public long end() {
        return toSeq == null ? Long.MAX_VALUE - 1 : toSeq;
    }

    boolean holds(long seq) {
        return seq >= fromSeq && seq <= end();
    }
}
