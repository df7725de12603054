package dev.parley.embedded.store;

import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.function.UnaryOperator;

/** Answers with a first batch, and a cursor for the rest where there is one. */
final class Cursors {

    private static final int DEFAULT_FIRST_BATCH = 101;

    private final CursorRegistry registry;

    Cursors(CursorRegistry registry) {
        this.registry = registry;
    }

    Document reply(
            String namespace,
            ResultStream results,
            Document command,
            Document cursorOptions,
            UnaryOperator<List<Document>> projection) {
        StoreCursor cursor = new StoreCursor(registry.generateCursorId(), results, projection);
        boolean only = Boolean.TRUE.equals(command.get("singleBatch"));
        int batchSize = cursorOptions.get("batchSize") instanceof Number size ? size.intValue() : DEFAULT_FIRST_BATCH;
        // A batch of none is a client's way to open a cursor and no more.
        List<Document> first = batchSize == 0 ? List.of() : cursor.takeDocuments(batchSize);
        boolean done = only || cursor.isEmpty();
        if (!done) {
            registry.add(cursor);
        }
        return Replies.firstBatch(namespace, first, done ? 0 : cursor.getId());
    }
}
