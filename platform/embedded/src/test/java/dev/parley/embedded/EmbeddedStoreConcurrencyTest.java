package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.embedded.store.settings.SyncPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(SyncPolicy.class)
class EmbeddedStoreConcurrencyTest {

    private static final int CLIENTS = 8;
    private static final int ROUNDS = 50;
    private static final int MAX_SECONDS = 60;

    @Parameter
    SyncPolicy syncPolicy;

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private EmbeddedStore store;
    private MongoClient client;
    private MongoCollection<Document> things;

    @BeforeEach
    void start() throws Exception {
        store = EmbeddedStore.start(StoreSettings.at(directory).withSyncPolicy(syncPolicy));
        client = MongoClients.create(store.uri());
        things = client.getDatabase("test").getCollection("things");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        client.close();
        store.close();
    }

    private <T> List<T> together(Callable<T> work) throws Exception {
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            running.add(threads.submit(work));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : running) {
            results.add(future.get(MAX_SECONDS, TimeUnit.SECONDS));
        }
        return results;
    }

    @Test
    void givesEachOfManyIncrementsItsOwnNumber() throws Exception {
        List<List<Integer>> numbers = together(() -> {
            List<Integer> mine = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                mine.add(things.findOneAndUpdate(
                                new Document("_id", "counter"),
                                new Document("$inc", new Document("n", 1)),
                                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER))
                        .getInteger("n"));
            }
            return mine;
        });

        assertThat(numbers.stream().flatMap(List::stream))
                .hasSize(CLIENTS * ROUNDS)
                .doesNotHaveDuplicates();
        assertThat(things.find().first()).containsEntry("n", CLIENTS * ROUNDS);
    }

    @Test
    void letsOneOfManyHaveAUniqueValue() throws Exception {
        things.createIndex(new Document("name", 1), new IndexOptions().unique(true));

        List<Integer> won = together(() -> {
            int mine = 0;
            for (int i = 0; i < ROUNDS; i++) {
                try {
                    things.insertOne(new Document("name", i));
                    mine++;
                } catch (MongoWriteException e) {
                    assertThat(e.getCode()).isEqualTo(11_000);
                }
            }
            return mine;
        });

        assertThat(won.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROUNDS);
        assertThat(things.countDocuments()).isEqualTo(ROUNDS);
    }

    @Test
    void handsEachTaskToOneTaker() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            things.insertOne(new Document("_id", i).append("state", "open"));
        }
        things.createIndex(new Document("state", 1));

        List<List<Object>> taken = together(() -> {
            List<Object> mine = new ArrayList<>();
            Document task;
            do {
                task = things.findOneAndUpdate(
                        new Document("state", "open"), new Document("$set", new Document("state", "taken")));
                if (task != null) {
                    mine.add(task.get("_id"));
                }
            } while (task != null);
            return mine;
        });

        assertThat(taken.stream().flatMap(List::stream)).hasSize(ROUNDS).doesNotHaveDuplicates();
    }

    @Test
    void showsNoReaderAnIndexThatDisagreesWithItsDocuments() throws Exception {
        things.createIndex(new Document("side", 1));
        things.insertOne(new Document("_id", 1).append("side", "left"));

        List<Integer> seen = together(() -> {
            int found = 0;
            for (int i = 0; i < ROUNDS; i++) {
                things.updateOne(
                        new Document("_id", 1),
                        new Document("$set", new Document("side", i % 2 == 0 ? "right" : "left")));
                List<Document> both = things.find(new Document("side", new Document("$in", List.of("left", "right"))))
                        .into(new ArrayList<>());
                found += both.size();
            }
            return found;
        });

        assertThat(seen).containsOnly(ROUNDS);
    }

    /** Clients store a thing, tell others of it, and then note that they have: as services do with their events. */
    @Test
    void isCopiedAsItIsAtOneMomentWhileClientsWrite(@TempDir Path elsewhere) throws Exception {
        AtomicInteger stored = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        Set<Integer> told = ConcurrentHashMap.newKeySet();
        Set<Integer> toldThen = new HashSet<>();
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(threads.submit(() -> {
                while (!enough.get()) {
                    int id = stored.incrementAndGet();
                    things.insertOne(new Document("_id", id));
                    told.add(id);
                    things.updateOne(new Document("_id", id), new Document("$set", new Document("told", true)));
                }
            }));
        }
        Path copy = elsewhere.resolve("copy");
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
            while (stored.get() < ROUNDS && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            store.checkpoint(copy, () -> toldThen.addAll(told));
        } finally {
            enough.set(true);
        }
        for (Future<?> each : clients) {
            each.get(MAX_SECONDS, TimeUnit.SECONDS);
        }

        assertThat(toldThen).isNotEmpty();
        try (EmbeddedStore restored = EmbeddedStore.start(copy, 0);
                MongoClient reader = MongoClients.create(restored.uri())) {
            MongoDatabase database = reader.getDatabase("test");
            Map<Integer, Boolean> copied = new HashMap<>();
            database.getCollection("things")
                    .find()
                    .forEach(thing -> copied.put(thing.getInteger("_id"), thing.getBoolean("told", false)));
            assertThat(copied).containsKeys(toldThen.toArray(Integer[]::new));
            copied.values().removeIf(noted -> !noted);
            assertThat(toldThen).containsAll(copied.keySet());
            assertThat(database.runCommand(new Document("validate", "things"))).containsEntry("valid", true);
        }
    }
}
