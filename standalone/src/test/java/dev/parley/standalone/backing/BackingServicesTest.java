package dev.parley.standalone.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.standalone.lifecycle.ShutdownSequence;
import dev.parley.standalone.lifecycle.StartupProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class BackingServicesTest {

    @TempDir
    Path folder;

    @Test
    void areOpenOnlyToWhoeverHasTheirPasswords() throws Exception {
        ShutdownSequence shutdown = new ShutdownSequence();
        try (DataFolder data = DataFolder.lock(folder.resolve("data"))) {
            BackingServices backing = BackingServices.start(
                    new BackingOptions(null, null, null), data, shutdown, new StartupProgress(System.out));
            backing.started().join();

            assertThat(listed(backing.mongoUri()).getDouble("ok")).isEqualTo(1);
            String withoutPassword = backing.mongoUri().replaceAll("//.*@", "//");
            assertThatThrownBy(() -> listed(withoutPassword)).isInstanceOf(MongoCommandException.class);

            Map<String, Object> clients = new HashMap<>(backing.kafkaProperties());
            clients.put("bootstrap.servers", backing.kafkaServers());
            assertThat(topics(clients)).isEmpty();
            assertThatThrownBy(() -> topics(Map.of("bootstrap.servers", backing.kafkaServers())))
                    .isInstanceOf(ExecutionException.class);

            assertThat(backing.settings())
                    .anyMatch(setting -> setting.startsWith("--spring.mongodb.uri=mongodb://parley:"));
            assertThat(backing.toString()).doesNotContain(data.secrets().store().password());
        } finally {
            shutdown.stopAll(Duration.ofSeconds(10));
        }
    }

    private static Document listed(String uri) {
        try (MongoClient client = MongoClients.create(uri)) {
            return Mono.from(client.getDatabase("parley").runCommand(new Document("listCollections", 1)))
                    .blockOptional()
                    .orElseThrow();
        }
    }

    private static Iterable<String> topics(Map<String, Object> settings) throws Exception {
        Map<String, Object> impatient = new HashMap<>(settings);
        impatient.put("default.api.timeout.ms", 5_000);
        impatient.put("request.timeout.ms", 4_000);
        try (Admin admin = Admin.create(impatient)) {
            return admin.listTopics().names().get();
        }
    }
}
