package dev.parley.embedded.store.collection;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.index.IndexSpec;
import dev.parley.embedded.store.index.StoredIndex;
import dev.parley.embedded.store.query.Query;
import dev.parley.embedded.store.query.QueryResults;
import dev.parley.embedded.store.query.ResultWindow;
import dev.parley.embedded.store.query.SortOrder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Removes the documents that a TTL index says have expired. */
public final class ExpiredDocuments {

    private static final int MAX_DOCUMENTS_AT_ONCE = 500;

    private final CollectionRegistry collections;
    private final Clock clock;

    public ExpiredDocuments(CollectionRegistry collections, Clock clock) {
        this.collections = collections;
        this.clock = clock;
    }

    /** @param stopped asked before each group of documents; no more are removed once it says so */
    public void remove(BooleanSupplier stopped) {
        for (StoreCollection collection : collections.all()) {
            for (StoredIndex index : collection.table().indexes()) {
                if (index.spec().expireAfterSeconds() != null && !stopped.getAsBoolean()) {
                    remove(collection, index.spec(), index.spec().expireAfterSeconds(), stopped);
                }
            }
        }
    }

    private void remove(StoreCollection collection, IndexSpec spec, long afterSeconds, BooleanSupplier stopped) {
        Instant before = clock.instant().minusSeconds(afterSeconds);
        Document expired = new Document(spec.fields().get(0).path(), new Document("$lte", before));
        Document filter =
                spec.partialFilter() == null ? expired : new Document("$and", List.of(spec.partialFilter(), expired));
        Query query = new Query(filter, SortOrder.NONE, new ResultWindow(0, MAX_DOCUMENTS_AT_ONCE), spec.name());
        int removed;
        do {
            removed = Objects.requireNonNull(collection.exclusively(() -> remove(collection, query)));
        } while (removed == MAX_DOCUMENTS_AT_ONCE && !stopped.getAsBoolean());
    }

    private static int remove(StoreCollection collection, Query query) {
        List<Document> found = new ArrayList<>();
        try (QueryResults results = collection.queries().find(query)) {
            results.forEachRemaining(expired -> found.add(expired.document()));
        }
        found.forEach(collection.table()::delete);
        return found.size();
    }
}
