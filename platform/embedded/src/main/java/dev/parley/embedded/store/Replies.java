package dev.parley.embedded.store;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** The shapes of answers. */
final class Replies {

    private Replies() {}

    static Document ok() {
        return ok(new Document());
    }

    static Document ok(Document reply) {
        Utils.markOkay(reply);
        return reply;
    }

    static Document firstBatch(String namespace, List<Document> documents, long cursorId) {
        return ok(new Document(
                "cursor",
                new Document("firstBatch", documents).append("id", cursorId).append("ns", namespace)));
    }

    static Document writeError(int index, int code, String message) {
        return new Document("index", index).append("code", code).append("errmsg", message);
    }
}
