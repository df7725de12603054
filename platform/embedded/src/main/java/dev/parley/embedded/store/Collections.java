package dev.parley.embedded.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.exception.InvalidNamespaceError;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The collections of all databases, open from the start: opening one reads its catalog entry and nothing else. */
final class Collections {

    private static final int MAX_NAME = 200;

    private final Storage storage;
    private final Catalog catalog;
    private final CursorRegistry cursors;
    private final QueryStatistics statistics;
    private final Map<String, StoreCollection> byNamespace = new ConcurrentHashMap<>();

    Collections(Storage storage, CursorRegistry cursors, QueryStatistics statistics) {
        this.storage = storage;
        this.catalog = new Catalog(storage);
        this.cursors = cursors;
        this.statistics = statistics;
    }

    /** Opens what is stored. */
    void open(Function<String, MongoDatabase> databases) {
        for (Catalog.Entry entry : catalog.collections()) {
            int dot = entry.namespace().indexOf('.');
            MongoDatabase database = databases.apply(entry.namespace().substring(0, dot));
            byNamespace.put(entry.namespace(), open(database, entry.namespace().substring(dot + 1), entry));
        }
    }

    @Nullable StoreCollection find(String namespace) {
        return byNamespace.get(namespace);
    }

    StoreCollection findOrCreate(StoreDatabase database, String name) {
        StoreCollection found = byNamespace.get(database.namespace(name));
        return found != null ? found : create(database, name);
    }

    private StoreCollection create(StoreDatabase database, String name) {
        String namespace = database.namespace(name);
        if (name.isEmpty() || name.length() > MAX_NAME || name.contains("$") || name.startsWith("system.")) {
            throw new InvalidNamespaceError(namespace);
        }
        return byNamespace.computeIfAbsent(namespace, unused -> {
            Catalog.Entry entry = new Catalog.Entry(namespace, catalog.allocateKeyspace(), List.of());
            try (Batch batch = storage.batch()) {
                catalog.put(batch, entry);
                storage.write(batch);
            }
            return open(database, name, entry);
        });
    }

    private StoreCollection open(MongoDatabase database, String name, Catalog.Entry entry) {
        Table table = new Table(storage, catalog, entry);
        return new StoreCollection(
                database,
                name,
                cursors,
                table,
                new Finder(table, statistics),
                new IndexBuilder(storage, catalog, table));
    }

    void drop(StoreCollection collection) {
        collection.dropExclusively(() -> {
            try (Batch batch = storage.batch()) {
                catalog.remove(batch, collection.table().entry());
                storage.write(batch);
            }
            byNamespace.remove(collection.getFullName(), collection);
        });
    }

    List<StoreCollection> of(String database) {
        return all().stream()
                .filter(collection -> collection.getDatabaseName().equals(database))
                .toList();
    }

    List<StoreCollection> all() {
        return byNamespace.values().stream()
                .sorted(Comparator.comparing(StoreCollection::getFullName))
                .toList();
    }

    Set<String> databaseNames() {
        return byNamespace.values().stream()
                .map(StoreCollection::getDatabaseName)
                .collect(Collectors.toSet());
    }
}
