package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreKillTest {

    private static final int KILLS = Integer.getInteger("store.kills", 50);
    private static final int STORES = 2;
    private static final int WRITERS = 4;
    private static final int MAX_SECONDS = 30;

    @TempDir
    Path directory;

    /** Two stores at a time, each killed half as often: a machine has two cores. */
    @Test
    void losesNoAcknowledgedWriteAndKeepsItsIndexesTrueThroughKillsUnderLoad() throws Exception {
        ExecutorService stores = Executors.newFixedThreadPool(STORES);
        try {
            List<Callable<Void>> lives = new ArrayList<>();
            for (int i = 0; i < STORES; i++) {
                Path own = directory.resolve("store-" + i);
                Random random = new Random(7 + i);
                lives.add(() -> live(own, random));
            }
            for (Future<Void> life : stores.invokeAll(lives)) {
                life.get();
            }
        } finally {
            stores.shutdownNow();
        }
    }

    private static Void live(Path own, Random random) throws Exception {
        List<KillLoad> loads = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            loads.add(new KillLoad(writer));
        }
        for (int kill = 0; kill < KILLS / STORES; kill++) {
            StoreProcess store = StoreProcess.start(own);
            try (MongoClient client = MongoClients.create(store.uri() + "?retryWrites=false")) {
                MongoCollection<Document> things = client.getDatabase("test").getCollection("things");
                prepare(client, things);
                for (KillLoad load : loads) {
                    load.verify(things);
                }
                runUntilKilled(store, client, loads, things, 20 + random.nextInt(200));
            } finally {
                store.kill();
            }
        }
        verifyAtTheEnd(own, loads);
        return null;
    }

    private static void prepare(MongoClient client, MongoCollection<Document> things) {
        things.createIndex(new Document("unique", 1), new IndexOptions().unique(true));
        things.createIndex(new Document("group", 1).append("version", -1));
        things.createIndex(new Document("tags", 1));
        // Dropped for good by the one who is dead now, and made and dropped again for the next.
        MongoCollection<Document> dropped = client.getDatabase("test").getCollection("dropped");
        assertThat(client.getDatabase("test").listCollectionNames().into(new ArrayList<>()))
                .containsExactly("things");
        dropped.insertOne(new Document("_id", "until the kill"));
        dropped.drop();
        Document validation = client.getDatabase("test").runCommand(new Document("validate", "things"));
        assertThat(validation).as(validation.toJson()).containsEntry("valid", true);
        // An index made while others write and dropped at the next start may be half made when the kill comes.
        client.getDatabase("test").getCollection("things").dropIndex("tags_1");
    }

    private static void runUntilKilled(
            StoreProcess store,
            MongoClient client,
            List<KillLoad> loads,
            MongoCollection<Document> things,
            int acknowledgements)
            throws Exception {
        CountDownLatch enough = new CountDownLatch(acknowledgements);
        List<Thread> threads = new ArrayList<>();
        loads.forEach(load -> threads.add(new Thread(() -> load.run(things, enough::countDown))));
        threads.add(new Thread(() -> {
            try {
                things.createIndex(new Document("tags", 1));
            } catch (MongoException | IllegalStateException e) {
                // Killed meanwhile.
            }
        }));
        threads.forEach(Thread::start);
        assertThat(enough.await(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        store.kill();
        // Spares those who were about to ask the wait for a server that does not come back.
        client.close();
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(MAX_SECONDS));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static void verifyAtTheEnd(Path own, List<KillLoad> loads) throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(own, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> things = client.getDatabase("test").getCollection("things");
            prepare(client, things);
            loads.forEach(load -> load.verify(things));
            assertThat(loads)
                    .allSatisfy(load -> assertThat(load.acknowledgements()).isPositive());
        }
    }
}
