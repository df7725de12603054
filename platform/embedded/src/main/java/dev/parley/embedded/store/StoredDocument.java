package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A document as the bytes that are stored and sent; taken apart only when somebody looks inside. */
final class StoredDocument {

    private final byte[] bytes;
    private @Nullable Document decoded;

    StoredDocument(byte[] bytes) {
        this.bytes = bytes;
    }

    static StoredDocument of(Document document) {
        return new StoredDocument(Bson.encode(document));
    }

    byte[] bytes() {
        return bytes;
    }

    Document document() {
        if (decoded == null) {
            decoded = Bson.decode(bytes);
        }
        return decoded;
    }

    /** The same, ready to be kept: without what was taken apart. */
    StoredDocument packed() {
        return new StoredDocument(bytes);
    }

    static Iterator<Document> documents(Iterator<StoredDocument> stored) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return stored.hasNext();
            }

            @Override
            public Document next() {
                return stored.next().document();
            }
        };
    }
}
