package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;

/** Documents on their way to a client. */
interface ResultStream extends Iterator<Document>, AutoCloseable {

    /** The size of the document given last, in bytes. */
    int lastSize();

    /** Lets go of the storage until the next document is asked for. */
    void pause();

    @Override
    void close();
}
