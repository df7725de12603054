package dev.parley.embedded.store.collection;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.InvalidIdFieldError;
import de.bwaldvogel.mongo.oplog.Oplog;
import dev.parley.embedded.store.document.StoredDocument;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.index.IndexSpec;
import dev.parley.embedded.store.query.Query;
import dev.parley.embedded.store.query.QueryExecutor;
import dev.parley.embedded.store.query.QueryResults;
import dev.parley.embedded.store.query.ResultWindow;
import dev.parley.embedded.store.query.SortOrder;
import dev.parley.embedded.store.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collection. The library computes what an update makes of a document; this class finds and stores the documents.
 *
 * <p>A writer holds one lock from its query to the stored batch, which makes each update atomic. The wait for the disk comes
 * after that. Readers take no lock. The library's own list of indexes stays empty.
 */
public final class StoreCollection extends AbstractMongoCollection<byte[]> {

    private final Table table;
    private final QueryExecutor queries;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<QueryResults> openWhileWriting = new ArrayList<>();
    private boolean dropped;

    StoreCollection(MongoDatabase database, String name, CursorRegistry cursors, Table table, QueryExecutor queries) {
        super(database, name, CollectionOptions.withDefaults(), cursors);
        this.table = table;
        this.queries = queries;
    }

    public Table table() {
        return table;
    }

    public QueryExecutor queries() {
        return queries;
    }

    /** Runs the work while no one else writes to the collection. Results that its queries leave open are closed after it. */
    public <T> T exclusively(Supplier<T> work) {
        writing.lock();
        try {
            if (dropped) {
                throw StoreError.COLLECTION_DROPPED.with(getFullName() + " was dropped");
            }
            return work.get();
        } finally {
            if (writing.getHoldCount() == 1) {
                openWhileWriting.forEach(QueryResults::close);
                openWhileWriting.clear();
            }
            writing.unlock();
        }
    }

    public void runExclusively(Runnable work) {
        exclusively(() -> {
            work.run();
            return true;
        });
    }

    /** Closes the collection for good. @param work removes what is stored of it */
    void dropExclusively(Runnable work) {
        runExclusively(() -> {
            work.run();
            dropped = true;
        });
    }

    public void createIndex(IndexSpec spec) {
        runExclusively(() -> table.createIndex(spec));
    }

    @Override
    public void dropIndex(String name) {
        runExclusively(() -> table.dropIndex(name));
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fieldSelector) {
        QueryResults results =
                queries.find(new Query(query, SortOrder.of(orderBy), new ResultWindow(numberToSkip, limit), null));
        if (writing.isHeldByCurrentThread()) {
            openWhileWriting.add(results);
            return new QueryResult(() -> StoredDocument.documents(results));
        }
        Iterator<Document> documents = results.readAhead();
        return new QueryResult(() -> documents);
    }

    public List<StoredDocument> projected(List<StoredDocument> found, Document projection) {
        Stream<Document> documents = found.stream().map(StoredDocument::document);
        return matchDocumentsFromStream(new Document(), documents, 0, 0, 0, null, projection)
                .collectDocuments()
                .stream()
                .map(StoredDocument::of)
                .toList();
    }

    @Override
    public void addDocument(Document document) {
        Object id = document.containsKey("_id") ? document.get("_id") : new ObjectId(ObjectIds.next());
        if (id instanceof Collection) {
            throw new InvalidIdFieldError("The '_id' value cannot be of type array");
        }
        Document stored = new Document("_id", id);
        stored.putAll(document);
        runExclusively(() -> table.insert(stored));
    }

    @Override
    public void removeDocument(Document document) {
        runExclusively(() -> table.delete(document));
    }

    @Override
    protected void handleUpdate(byte[] position, Document oldDocument, Document newDocument) {
        table.replace(oldDocument, newDocument);
    }

    @Override
    public Document findAndModify(Document query) {
        return exclusively(() -> super.findAndModify(query));
    }

    @Override
    public Document updateDocuments(
            Document selector,
            Document update,
            ArrayFilters arrayFilters,
            boolean isMulti,
            boolean isUpsert,
            Oplog oplog) {
        return exclusively(() -> super.updateDocuments(selector, update, arrayFilters, isMulti, isUpsert, oplog));
    }

    @Override
    public int deleteDocuments(Document selector, int limit, Oplog oplog) {
        return exclusively(() -> super.deleteDocuments(selector, limit, oplog));
    }

    @Override
    public int count() {
        return Math.toIntExact(table.count());
    }

    @Override
    public int count(@Nullable Document query, int skip, int limit) {
        Document filter = query == null ? new Document() : query;
        return Math.toIntExact(
                queries.count(new Query(filter, SortOrder.NONE, new ResultWindow(skip, Math.max(0, limit)), null)));
    }

    @Override
    public int getNumIndexes() {
        return table.indexes().size() + 1;
    }

    @Override
    protected byte[] findDocumentPosition(Document document) {
        return table.keyOf(document.get("_id"));
    }

    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int sizeDelta) {}

    @Override
    protected int getDataSize() {
        return 0;
    }

    // The library calls these only from methods that are overridden above.

    @Override
    public void addIndex(Index<byte[]> index) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected QueryResult matchDocuments(
            Document query, @Nullable Document orderBy, int skip, int limit, int batchSize, @Nullable Document fields) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected Document getDocument(byte[] position) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] addDocumentInternal(Document document) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void removeDocument(byte[] position) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected Stream<DocumentWithPosition<byte[]>> streamAllDocumentsWithPosition() {
        throw new UnsupportedOperationException();
    }
}
