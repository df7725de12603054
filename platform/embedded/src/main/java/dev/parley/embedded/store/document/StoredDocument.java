package dev.parley.embedded.store.document;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A document as the bytes that are stored and sent. They are decoded only when somebody asks for the fields. */
public final class StoredDocument {

    private final byte[] bytes;
    private @Nullable Document decoded;

    public StoredDocument(byte[] bytes) {
        this.bytes = bytes;
    }

    public static StoredDocument of(Document document) {
        return new StoredDocument(BsonCodec.encode(document));
    }

    public byte[] bytes() {
        return bytes;
    }

    public Document document() {
        if (decoded == null) {
            decoded = BsonCodec.decode(bytes);
        }
        return decoded;
    }

    /** The same document without its decoded form, which takes less memory. */
    public StoredDocument packed() {
        return new StoredDocument(bytes);
    }

    public static Iterator<Document> documents(Iterator<StoredDocument> stored) {
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
