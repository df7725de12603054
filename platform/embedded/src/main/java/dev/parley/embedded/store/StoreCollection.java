package dev.parley.embedded.store;

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
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import dev.parley.embedded.store.Finder.Query;
import dev.parley.embedded.store.Results.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collection: the library computes what an update makes of a document, this class finds and stores the documents.
 *
 * <p>Writers take turns under one lock, from the query to the stored batch, which makes each update atomic; the wait for
 * the disk comes after it. Readers take no lock. The library's own list of indexes stays empty.
 */
final class StoreCollection extends AbstractMongoCollection<byte[]> {

    private static final int COLLECTION_DROPPED = 175;

    private final Table table;
    private final Finder finder;
    private final IndexBuilder indexBuilder;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Results> openWhileWriting = new ArrayList<>();
    private boolean dropped;

    StoreCollection(
            MongoDatabase database,
            String name,
            CursorRegistry cursors,
            Table table,
            Finder finder,
            IndexBuilder indexBuilder) {
        super(database, name, CollectionOptions.withDefaults(), cursors);
        this.table = table;
        this.finder = finder;
        this.indexBuilder = indexBuilder;
    }

    Table table() {
        return table;
    }

    Finder finder() {
        return finder;
    }

    /** Runs with the collection to itself; what queries inside leave open is closed after it. */
    <T> T exclusively(Supplier<T> work) {
        writing.lock();
        try {
            if (dropped) {
                throw new MongoServerError(COLLECTION_DROPPED, "QueryPlanKilled", getFullName() + " was dropped");
            }
            return work.get();
        } finally {
            if (writing.getHoldCount() == 1) {
                openWhileWriting.forEach(Results::close);
                openWhileWriting.clear();
            }
            writing.unlock();
        }
    }

    /** Ends the collection for good, when the work has removed what is stored of it. */
    void dropExclusively(Runnable work) {
        exclusively(() -> {
            work.run();
            dropped = true;
            return true;
        });
    }

    void createIndex(IndexSpec spec) {
        exclusively(() -> {
            indexBuilder.create(spec);
            return true;
        });
    }

    @Override
    public void dropIndex(String name) {
        exclusively(() -> {
            indexBuilder.drop(name);
            return true;
        });
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fieldSelector) {
        Results results = finder.find(new Query(query, SortOrder.of(orderBy), new Window(numberToSkip, limit), null));
        if (writing.isHeldByCurrentThread()) {
            openWhileWriting.add(results);
            return new QueryResult(() -> StoredDocument.documents(results));
        }
        Iterator<Document> chunks = new Chunks(results);
        return new QueryResult(() -> chunks);
    }

    List<StoredDocument> projected(List<StoredDocument> found, Document projection) {
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
        exclusively(() -> {
            table.insert(stored);
            return true;
        });
    }

    @Override
    public void removeDocument(Document document) {
        exclusively(() -> {
            table.delete(document);
            return true;
        });
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
                finder.count(new Query(filter, SortOrder.NONE, new Window(skip, Math.max(0, limit)), null)));
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

    // What the library would ask of a backend that keeps its own positions and indexes; this one overrides the callers.

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
