package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Reads ahead by a fixed number of documents and releases the storage in between. A reader may stop at any point. */
final class ReadAhead implements Iterator<Document> {

    private static final int DOCUMENTS = 100;

    private final QueryResults results;
    private final Deque<Document> ahead = new ArrayDeque<>();

    ReadAhead(QueryResults results) {
        this.results = results;
    }

    @Override
    public boolean hasNext() {
        if (ahead.isEmpty()) {
            while (ahead.size() < DOCUMENTS && results.hasNext()) {
                ahead.add(results.next().document());
            }
            results.pause();
        }
        return !ahead.isEmpty();
    }

    @Override
    public Document next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ahead.remove();
    }
}
