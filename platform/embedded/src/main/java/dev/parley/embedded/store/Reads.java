package dev.parley.embedded.store;

import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import dev.parley.embedded.store.Finder.Query;
import dev.parley.embedded.store.Results.Window;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The commands that ask. */
final class Reads {

    private final StoreDatabase database;
    private final Cursors cursors;

    Reads(StoreDatabase database, Cursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    Document find(Document command) {
        String name = Arguments.collection(command);
        Document projection = Arguments.document(command, "projection");
        Projections.check(projection);
        StoreCollection collection = database.collection(name);
        if (collection == null) {
            return Replies.complete(database.namespace(name), List.of());
        }
        UnaryOperator<List<StoredDocument>> projected = projection == null || projection.isEmpty()
                ? UnaryOperator.identity()
                : documents -> collection.projected(documents, projection);
        Results results = collection.finder().find(queryOf(command));
        return cursors.firstBatch(collection.getFullName(), results, command, command, projected);
    }

    static Query queryOf(Document command) {
        return new Query(
                Arguments.documentOrEmpty(command, "filter"),
                SortOrder.of(Arguments.document(command, "sort")),
                window(command),
                command.get("hint"));
    }

    private static Window window(Document command) {
        return new Window(Arguments.number(command.get("skip")), Math.abs(Arguments.number(command.get("limit"))));
    }

    Document count(Document command) {
        StoreCollection collection = database.collection(Arguments.collection(command));
        Query query = new Query(
                Arguments.documentOrEmpty(command, "query"), SortOrder.NONE, window(command), command.get("hint"));
        long count = collection == null ? 0 : collection.finder().count(query);
        return Replies.ok(new Document("n", Math.toIntExact(count)));
    }

    Document distinct(Document command, Writes.Library library) {
        if (command.get("query") == null) {
            command.put("query", new Document());
        }
        return library.handle("distinct", command);
    }

    Document aggregate(Document command, DatabaseResolver resolver, Oplog oplog) {
        if (!(command.get("aggregate") instanceof String name)) {
            throw NotSupported.error("An aggregation without a collection");
        }
        List<Document> pipeline = Aggregation.parse(command.get("pipeline"));
        NotSupported.rejectStages(pipeline);
        Document options = Arguments.documentOrEmpty(command, "cursor");
        StoreCollection collection = database.collection(name);
        if (collection == null) {
            return Replies.complete(database.namespace(name), List.of());
        }
        PipelineStart start = PipelineStart.of(pipeline, command.get("hint"));
        Document counted = start.countedBy(collection.finder());
        if (counted != null) {
            return Replies.complete(collection.getFullName(), counted.isEmpty() ? List.of() : List.of(counted));
        }
        Aggregation rest = Aggregation.fromPipeline(start.rest(), resolver, database, collection, oplog);
        Results found = collection.finder().find(start.query());
        try {
            Stream<Document> documents = StreamSupport.stream(
                    ((Iterable<Document>) () -> StoredDocument.documents(found)).spliterator(), false);
            ResultStream results =
                    new PipelineResults(rest.runStagesAsStream(documents).iterator(), found);
            return cursors.firstBatch(collection.getFullName(), results, command, options, UnaryOperator.identity());
        } catch (RuntimeException e) {
            found.close();
            throw e;
        }
    }

    Document explain(Document command) {
        Document explained = Arguments.documentOrEmpty(command, "explain");
        String kind = explained.isEmpty() ? "" : explained.keySet().iterator().next();
        Query query =
                switch (kind) {
                    case "find" -> queryOf(explained);
                    case "aggregate" ->
                        PipelineStart.of(Aggregation.parse(explained.get("pipeline")), explained.get("hint"))
                                .query();
                    default -> throw NotSupported.error("Explaining '" + kind + "'");
                };
        StoreCollection collection = database.resolveOrCreateCollection(Arguments.collection(explained));
        return Explanation.of(collection.table(), query);
    }
}
