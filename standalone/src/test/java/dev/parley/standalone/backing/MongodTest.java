package dev.parley.standalone.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.embedded.FreePort;
import dev.parley.standalone.lifecycle.ShutdownSequence;
import dev.parley.standalone.lifecycle.StartupProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A {@code mongod} on the search path takes the place of the embedded store. */
class MongodTest {

    @TempDir
    Path folder;

    private Path bin;

    @BeforeEach
    void foldersOfTheirOwn() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
    }

    @Test
    void isFoundOnTheSearchPath() throws IOException {
        assertThat(Mongod.find("/nowhere:" + bin)).isEmpty();
        Path executable = StandInMongod.install(bin);
        assertThat(Mongod.find("/nowhere:" + bin)).contains(executable);
        assertThat(Mongod.find(null)).isEmpty();
    }

    @Test
    void takesThePlaceOfTheEmbeddedStoreInANewDataFolder() throws Exception {
        StandInMongod.install(bin);

        try (DataFolder data = DataFolder.lock(folder.resolve("data"))) {
            assertThat(insertAndCount(data)).isEqualTo(1);
            assertThat(insertAndCount(data)).isEqualTo(2);
            assertThat(data.mongod()).isDirectory();
            assertThat(data.store()).doesNotExist();
        }
    }

    @Test
    void leavesADataFolderWithTheStoreThatItBeganWith() throws Exception {
        try (DataFolder data = DataFolder.lock(folder.resolve("data"))) {
            assertThat(insertAndCount(data)).isEqualTo(1);
            StandInMongod.install(bin);
            assertThat(insertAndCount(data)).isEqualTo(2);
            assertThat(data.mongod()).doesNotExist();
        }
    }

    @Test
    void saysWhereToLookWhenItDoesNotStart() throws IOException {
        Path broken = Files.writeString(bin.resolve("mongod"), "#!/bin/sh\necho no disk; exit 3\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> Mongod.start(broken, folder.resolve("db"), FreePort.find()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mongod.log");
        assertThat(folder.resolve("db").resolve("mongod.log")).hasContent("no disk");
    }

    private long insertAndCount(DataFolder data) throws IOException {
        BackingOptions options = new BackingOptions(null, "kafka.example:9092", bin.toString());
        ShutdownSequence shutdown = new ShutdownSequence();
        BackingServices backing = BackingServices.start(options, data, shutdown, new StartupProgress(System.out));
        backing.started().join();
        try (MongoClient client = MongoClients.create(backing.mongoUri())) {
            var things = client.getDatabase("parley").getCollection("things");
            Mono.from(things.insertOne(new Document("name", "thing"))).block();
            return Mono.from(things.countDocuments()).blockOptional().orElseThrow();
        } finally {
            shutdown.stopAll(java.time.Duration.ofSeconds(10));
        }
    }
}
