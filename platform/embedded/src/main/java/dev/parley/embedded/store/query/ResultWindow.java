package dev.parley.embedded.store.query;

/**
 * The part of all matches that a client wants.
 *
 * @param skip how many documents to leave out first
 * @param limit how many documents to return at most; 0 for no limit
 */
public record ResultWindow(long skip, long limit) {

    /** How many of so many matches lie in the window. */
    long of(long matches) {
        long rest = Math.max(0, matches - skip);
        return limit > 0 ? Math.min(rest, limit) : rest;
    }
}
