package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
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
    private final Predicate<Document> filter;
    private final Window window;
    private final @Nullable Iterator<Keyed> sorted;
    private final SortOrder order;
    private long toSkip;
    private long given;
    private int lastSize;
    private @Nullable Document next;

    Results(DocumentSource source, Predicate<Document> filter, Window window, SortOrder sort, boolean alreadySorted) {
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
    public Document next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Document result = next;
        next = null;
        given++;
        return result;
    }

    private @Nullable Document advance() {
        if (window.limit() > 0 && given >= window.limit()) {
            close();
            return null;
        }
        while (true) {
            Document found = sorted == null ? nextMatch() : nextSorted(sorted);
            if (found == null || toSkip == 0) {
                return found;
            }
            toSkip--;
        }
    }

    private @Nullable Document nextSorted(Iterator<Keyed> rest) {
        if (!rest.hasNext()) {
            return null;
        }
        Keyed found = rest.next();
        lastSize = found.size();
        return found.document();
    }

    private @Nullable Keyed nextKeyed() {
        Document match = nextMatch();
        return match == null ? null : order.keyed(match, source.lastSize());
    }

    private @Nullable Document nextMatch() {
        while (true) {
            Document candidate = source.next();
            if (candidate == null || filter.test(candidate)) {
                lastSize = source.lastSize();
                return candidate;
            }
        }
    }

    @Override
    public int lastSize() {
        return lastSize;
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
