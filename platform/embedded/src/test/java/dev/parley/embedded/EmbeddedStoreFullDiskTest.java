package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.parley.embedded.store.settings.StoreSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk of a store has no room for a write, in the middle of many. */
class EmbeddedStoreFullDiskTest {

    private static final int BLOCK = 1 << 20;
    private static final byte[] CONTENT = new byte[20_000];

    @TempDir
    Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString());
        assumeTrue(mounted, "needs the right to mount a file system: run it as root");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    @Timeout(180)
    void losesNothingItAcknowledgedAndTakesWritesWhenThereIsRoomAgain() throws Exception {
        StoreSettings settings = StoreSettings.at(disk.resolve("store")).withCacheBytes(8 << 20);
        Set<Integer> acknowledged = new HashSet<>();
        try (EmbeddedStore store = EmbeddedStore.start(settings);
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> things = client.getDatabase("test").getCollection("things");
            for (int round = 0; round < 2; round++) {
                int first = round * 100_000;
                things.insertOne(thing(first));
                acknowledged.add(first);
                fill(4);
                insertUntilRefused(things, first + 1, acknowledged);
                assertThat(ids(things)).isEqualTo(acknowledged);

                Files.delete(disk.resolve("ballast"));

                int next = first + 50_000;
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .untilAsserted(() -> {
                            things.insertOne(thing(next));
                            acknowledged.add(next);
                        });
                assertThat(ids(things)).isEqualTo(acknowledged);
            }
        }
        try (EmbeddedStore store = EmbeddedStore.start(settings);
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(ids(client.getDatabase("test").getCollection("things"))).isEqualTo(acknowledged);
            assertThat(client.getDatabase("test").runCommand(new Document("validate", "things")))
                    .containsEntry("valid", true);
        }
    }

    private static void insertUntilRefused(MongoCollection<Document> things, int first, Set<Integer> acknowledged) {
        try {
            for (int id = first; id < first + 10_000; id++) {
                things.insertOne(thing(id));
                acknowledged.add(id);
            }
        } catch (MongoException refused) {
            assertThat(refused).hasMessageContaining("No space left on device");
            return;
        }
        throw new AssertionError("The disk did not get full");
    }

    private static Document thing(int id) {
        return new Document("_id", id).append("content", CONTENT);
    }

    private static Set<Integer> ids(MongoCollection<Document> things) {
        return things.find()
                .projection(new Document("_id", 1))
                .map(thing -> thing.getInteger("_id"))
                .into(new HashSet<>());
    }

    private void fill(long megabytesLeft) throws IOException {
        try (FileChannel file =
                FileChannel.open(disk.resolve("ballast"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (Files.getFileStore(disk).getUsableSpace() > megabytesLeft * BLOCK) {
                file.write(ByteBuffer.allocate(BLOCK));
            }
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
