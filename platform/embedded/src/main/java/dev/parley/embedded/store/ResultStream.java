package dev.parley.embedded.store;

import java.util.Iterator;

/** Documents on their way to a client. */
interface ResultStream extends Iterator<StoredDocument>, AutoCloseable {

    /** Lets go of the storage until the next document is asked for. */
    void pause();

    @Override
    void close();
}
