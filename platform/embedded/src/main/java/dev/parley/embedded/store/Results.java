package dev.parley.embedded.store;

import dev.parley.embedded.store.SortOrder.Keyed;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The answer to a query, found as it is read: filtered, in order, from {@code skip} up to {@code limit}. */
final class Results implements ResultStream {

    /**
     * @param skip documents to leave out first
     * @param limit documents to give at most; 0 for no limit
     */
    record Window(long skip, long limit) {
        static final Window ALL = new Window(0, 0);
    }

    private final DocumentSource source;
    private final Predicate<StoredDocument> filter;
    private final Window window;
    private final @Nullable Iterator<Keyed> sorted;
    private final SortOrder order;
    private long toSkip;
    private long given;
    private @Nullable StoredDocument next;

    Results(
            DocumentSource source,
            Predicate<StoredDocument> filter,
            Window window,
            SortOrder sort,
            boolean alreadySorted) {
        this.source = source;
        this.filter = filter;
        this.window = window;
        this.toSkip = window.skip();
        this.order = sort;
        this.sorted = alreadySorted ? null : new Sorter(sort, window).sorted(this::nextKeyed);
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = advance();
        }
        return next != null;
    }

    @Override
    public StoredDocument next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        StoredDocument result = next;
        next = null;
        given++;
        return result;
    }

    private @Nullable StoredDocument advance() {
        if (window.limit() > 0 && given >= window.limit()) {
            close();
            return null;
        }
        while (true) {
            StoredDocument found = sorted == null ? nextMatch() : nextSorted(sorted);
            if (found == null || toSkip == 0) {
                return found;
            }
            toSkip--;
        }
    }

    private static @Nullable StoredDocument nextSorted(Iterator<Keyed> rest) {
        return rest.hasNext() ? rest.next().document() : null;
    }

    private @Nullable Keyed nextKeyed() {
        StoredDocument match = nextMatch();
        return match == null ? null : order.keyed(match);
    }

    private @Nullable StoredDocument nextMatch() {
        while (true) {
            StoredDocument candidate = source.next();
            if (candidate == null || filter.test(candidate)) {
                return candidate;
            }
        }
    }

    @Override
    public void pause() {
        source.pause();
    }

    @Override
    public void close() {
        source.close();
    }
}
