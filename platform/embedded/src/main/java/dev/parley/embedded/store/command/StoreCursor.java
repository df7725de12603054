package dev.parley.embedded.store.command;

import dev.parley.embedded.store.document.StoredDocument;
import dev.parley.embedded.store.query.ResultStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The rest of a reply, which a client fetches in batches. It holds no storage between two batches. */
final class StoreCursor {

    private static final int MAX_BATCH_BYTES = 16 << 20;

    private final String namespace;
    private final ResultStream results;
    private final UnaryOperator<List<StoredDocument>> projection;
    private volatile Instant lastUsed;

    StoreCursor(String namespace, ResultStream results, UnaryOperator<List<StoredDocument>> projection, Instant now) {
        this.namespace = namespace;
        this.results = results;
        this.projection = projection;
        this.lastUsed = now;
    }

    String namespace() {
        return namespace;
    }

    Instant lastUsed() {
        return lastUsed;
    }

    synchronized boolean hasMore() {
        try {
            return results.hasNext();
        } finally {
            results.pause();
        }
    }

    /** The next documents. @param number how many at most; 0 for as many as fit into a message */
    synchronized List<StoredDocument> take(int number, Instant now) {
        lastUsed = now;
        int most = number == 0 ? Integer.MAX_VALUE : number;
        List<StoredDocument> batch = new ArrayList<>();
        long bytes = 0;
        try {
            while (batch.size() < most && bytes < MAX_BATCH_BYTES && results.hasNext()) {
                StoredDocument found = results.next();
                batch.add(found);
                bytes += found.bytes().length;
            }
        } finally {
            results.pause();
        }
        return projection.apply(batch);
    }
}
