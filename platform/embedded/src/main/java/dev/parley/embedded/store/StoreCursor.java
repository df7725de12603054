package dev.parley.embedded.store;

import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The rest of an answer, which a client fetches in batches. Between batches it holds no resource of the storage. */
final class StoreCursor implements Cursor {

    private static final int MAX_BATCH_BYTES = 16 << 20;

    private final long id;
    private final ResultStream results;
    private final UnaryOperator<List<Document>> projection;

    StoreCursor(long id, ResultStream results, UnaryOperator<List<Document>> projection) {
        this.id = id;
        this.results = results;
        this.projection = projection;
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public boolean isEmpty() {
        boolean empty = !results.hasNext();
        results.pause();
        return empty;
    }

    /** The next documents; as many as fit into a message when the number is 0. */
    @Override
    public List<Document> takeDocuments(int numberToReturn) {
        int most = numberToReturn == 0 ? Integer.MAX_VALUE : numberToReturn;
        List<Document> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < most && bytes < MAX_BATCH_BYTES && results.hasNext()) {
            batch.add(results.next());
            bytes += results.lastSize();
        }
        results.pause();
        return projection.apply(batch);
    }
}
