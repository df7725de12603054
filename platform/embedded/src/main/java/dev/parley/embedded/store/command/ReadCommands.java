package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import dev.parley.embedded.store.collection.StoreCollection;
import dev.parley.embedded.store.document.StoredDocument;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.query.Query;
import dev.parley.embedded.store.query.QueryResults;
import dev.parley.embedded.store.query.ResultStream;
import dev.parley.embedded.store.query.ResultWindow;
import dev.parley.embedded.store.query.SortOrder;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The commands that read: find, count, distinct, aggregate and explain. */
final class ReadCommands {

    private final StoreDatabase database;
    private final OpenCursors cursors;

    ReadCommands(StoreDatabase database, OpenCursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    Document find(Document command) {
        String name = CommandArguments.collection(command);
        Document projection = CommandArguments.document(command, "projection");
        UnsupportedFeatures.rejectProjection(projection);
        StoreCollection collection = database.collection(name);
        if (collection == null) {
            return Replies.complete(database.namespace(name), List.of());
        }
        UnaryOperator<List<StoredDocument>> projected = projection == null || projection.isEmpty()
                ? UnaryOperator.identity()
                : documents -> collection.projected(documents, projection);
        QueryResults results = collection.queries().find(queryOf(command));
        return cursors.firstBatch(collection.getFullName(), results, command, command, projected);
    }

    static Query queryOf(Document command) {
        return new Query(
                CommandArguments.documentOrEmpty(command, "filter"),
                SortOrder.of(CommandArguments.document(command, "sort")),
                window(command),
                command.get("hint"));
    }

    private static ResultWindow window(Document command) {
        return new ResultWindow(
                CommandArguments.number(command.get("skip")), Math.abs(CommandArguments.number(command.get("limit"))));
    }

    Document count(Document command) {
        StoreCollection collection = database.collection(CommandArguments.collection(command));
        Query query = new Query(
                CommandArguments.documentOrEmpty(command, "query"),
                SortOrder.NONE,
                window(command),
                command.get("hint"));
        long count = collection == null ? 0 : collection.queries().count(query);
        return Replies.ok(new Document("n", Math.toIntExact(count)));
    }

    Document distinct(Document command, WriteCommands.Library library) {
        if (command.get("query") == null) {
            command.put("query", new Document());
        }
        return library.handle("distinct", command);
    }

    Document aggregate(Document command, DatabaseResolver resolver, Oplog oplog) {
        if (!(command.get("aggregate") instanceof String name)) {
            throw StoreError.notSupported("An aggregation without a collection");
        }
        List<Document> pipeline = Aggregation.parse(command.get("pipeline"));
        UnsupportedFeatures.rejectStages(pipeline);
        Document options = CommandArguments.documentOrEmpty(command, "cursor");
        StoreCollection collection = database.collection(name);
        if (collection == null) {
            return Replies.complete(database.namespace(name), List.of());
        }
        PipelineStart start = PipelineStart.of(pipeline, command.get("hint"));
        Document counted = start.countedBy(collection.queries());
        if (counted != null) {
            return Replies.complete(collection.getFullName(), counted.isEmpty() ? List.of() : List.of(counted));
        }
        Aggregation rest = Aggregation.fromPipeline(start.rest(), resolver, database, collection, oplog);
        QueryResults found = collection.queries().find(start.query());
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
        Document explained = CommandArguments.documentOrEmpty(command, "explain");
        String kind = explained.isEmpty() ? "" : explained.keySet().iterator().next();
        Query query =
                switch (kind) {
                    case "find" -> queryOf(explained);
                    case "aggregate" ->
                        PipelineStart.of(Aggregation.parse(explained.get("pipeline")), explained.get("hint"))
                                .query();
                    default -> throw StoreError.notSupported("Explaining '" + kind + "'");
                };
        StoreCollection collection = database.resolveOrCreateCollection(CommandArguments.collection(explained));
        return Replies.ok(collection.queries().explain(query));
    }
}
