package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;

/** What the stages of an aggregation make of the documents found. */
final class PipelineResults implements ResultStream {

    private final Iterator<Document> stages;
    private final Results source;

    PipelineResults(Iterator<Document> stages, Results source) {
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
