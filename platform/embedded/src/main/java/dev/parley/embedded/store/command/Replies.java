package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** Builds the replies to commands. */
final class Replies {

    private Replies() {}

    static Document ok() {
        return ok(new Document());
    }

    static Document ok(Document reply) {
        Utils.markOkay(reply);
        return reply;
    }

    /** A reply with all documents in one batch. */
    static Document complete(String namespace, List<Document> documents) {
        return batch("firstBatch", namespace, documents, 0);
    }

    /** @param cursorId 0 when there are no more documents */
    static Document batch(String kind, String namespace, List<?> documents, long cursorId) {
        return ok(new Document(
                "cursor", new Document(kind, documents).append("id", cursorId).append("ns", namespace)));
    }

    static Document writeError(int index, int code, String message) {
        return new Document("index", index).append("code", code).append("errmsg", message);
    }
}
