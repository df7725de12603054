package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.document.StoredDocument;
import dev.parley.embedded.store.query.SortOrder.SortEntry;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The results of a query, found while they are read: filtered, sorted, and cut to the window. */
public final class QueryResults implements ResultStream {

    private final DocumentScan source;
    private final Predicate<StoredDocument> filter;
    private final ResultWindow window;
    private final @Nullable Iterator<SortEntry> sorted;
    private final SortOrder order;
    private long toSkip;
    private long given;
    private @Nullable StoredDocument next;

    QueryResults(
            DocumentScan source,
            Predicate<StoredDocument> filter,
            ResultWindow window,
            SortOrder sort,
            boolean alreadySorted) {
        this.source = source;
        this.filter = filter;
        this.window = window;
        this.toSkip = window.skip();
        this.order = sort;
        this.sorted = alreadySorted ? null : new Sorter(sort, window).sorted(this::nextToSort);
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

    private static @Nullable StoredDocument nextSorted(Iterator<SortEntry> rest) {
        return rest.hasNext() ? rest.next().document() : null;
    }

    private @Nullable SortEntry nextToSort() {
        StoredDocument match = nextMatch();
        return match == null ? null : order.entryOf(match);
    }

    private @Nullable StoredDocument nextMatch() {
        while (true) {
            StoredDocument candidate = source.next();
            if (candidate == null || filter.test(candidate)) {
                return candidate;
            }
        }
    }

    /** The documents, read ahead in small groups. No storage is held between two groups, so the reader may stop anywhere. */
    public Iterator<Document> readAhead() {
        return new ReadAhead(this);
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
