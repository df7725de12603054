package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.document.StoredDocument;
import dev.parley.embedded.store.query.QueryResults;
import dev.parley.embedded.store.query.ResultStream;
import java.util.Iterator;

/** The results of the stages of an aggregation, which read from the results of a query. */
final class PipelineResults implements ResultStream {

    private final Iterator<Document> stages;
    private final QueryResults source;

    PipelineResults(Iterator<Document> stages, QueryResults source) {
        this.stages = stages;
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        return stages.hasNext();
    }

    @Override
    public StoredDocument next() {
        return StoredDocument.of(stages.next());
    }

    @Override
    public void pause() {
        source.pause();
    }

    @Override
    public void close() {
        source.close();
    }
}
