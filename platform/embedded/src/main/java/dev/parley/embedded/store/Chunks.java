package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Reads ahead a little and lets go of the storage in between, so a reader who stops halfway leaves nothing open. */
final class Chunks implements Iterator<Document> {

    private static final int DOCUMENTS = 100;

    private final Results results;
    private final Deque<Document> ahead = new ArrayDeque<>();

    Chunks(Results results) {
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
