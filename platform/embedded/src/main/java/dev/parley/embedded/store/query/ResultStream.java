package dev.parley.embedded.store.query;

import dev.parley.embedded.store.document.StoredDocument;
import java.util.Iterator;

/** Documents on their way to a client. */
public interface ResultStream extends Iterator<StoredDocument>, AutoCloseable {

    /** Releases the storage until the next document is asked for. */
    void pause();

    @Override
    void close();
}
