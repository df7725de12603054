package dev.parley.embedded.store.collection;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.exception.InvalidNamespaceError;
import dev.parley.embedded.store.query.QueryExecutor;
import dev.parley.embedded.store.query.QueryStatistics;
import dev.parley.embedded.store.table.Catalog;
import dev.parley.embedded.store.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The collections of all databases. All of them are open from the start. */
public final class CollectionRegistry {

    private static final int MAX_NAME = 200;

    private final Catalog catalog;
    private final CursorRegistry cursors;
    private final QueryStatistics statistics;
    private final Map<String, StoreCollection> byNamespace = new ConcurrentHashMap<>();

    /** @param cursors the library's registry, which its collections ask for */
    public CollectionRegistry(Catalog catalog, CursorRegistry cursors, QueryStatistics statistics) {
        this.catalog = catalog;
        this.cursors = cursors;
        this.statistics = statistics;
    }

    /** Opens the stored collections. */
    public void open(Function<String, MongoDatabase> databases) {
        for (Table table : catalog.tables()) {
            int dot = table.namespace().indexOf('.');
            MongoDatabase database = databases.apply(table.namespace().substring(0, dot));
            String name = table.namespace().substring(dot + 1);
            byNamespace.put(table.namespace(), open(database, name, table));
        }
    }

    public @Nullable StoreCollection find(String namespace) {
        return byNamespace.get(namespace);
    }

    public StoreCollection findOrCreate(MongoDatabase database, String name) {
        String namespace = database.getDatabaseName() + "." + name;
        StoreCollection found = byNamespace.get(namespace);
        return found != null ? found : create(database, name, namespace);
    }

    private StoreCollection create(MongoDatabase database, String name, String namespace) {
        if (name.isEmpty() || name.length() > MAX_NAME || name.contains("$") || name.startsWith("system.")) {
            throw new InvalidNamespaceError(namespace);
        }
        return byNamespace.computeIfAbsent(namespace, unused -> open(database, name, catalog.create(namespace)));
    }

    private StoreCollection open(MongoDatabase database, String name, Table table) {
        return new StoreCollection(database, name, cursors, table, new QueryExecutor(table, statistics));
    }

    public void drop(StoreCollection collection) {
        collection.dropExclusively(() -> {
            catalog.drop(collection.table());
            byNamespace.remove(collection.getFullName(), collection);
        });
    }

    public List<StoreCollection> of(String database) {
        return all().stream()
                .filter(collection -> collection.getDatabaseName().equals(database))
                .toList();
    }

    public List<StoreCollection> all() {
        return byNamespace.values().stream()
                .sorted(Comparator.comparing(StoreCollection::getFullName))
                .toList();
    }

    public Set<String> databaseNames() {
        return byNamespace.values().stream()
                .map(StoreCollection::getDatabaseName)
                .collect(Collectors.toSet());
    }
}
