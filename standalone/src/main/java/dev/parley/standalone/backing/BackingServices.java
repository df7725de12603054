package dev.parley.standalone.backing;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.standalone.lifecycle.ShutdownSequence;
import dev.parley.standalone.lifecycle.StartupProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.StandardEnvironment;

/**
 * The store and the broker that the services use.
 *
 * @param mongoUri the connection string of the store, with the database
 * @param kafkaServers the addresses of the brokers
 * @param kafkaProperties what Kafka's clients set beside the addresses
 * @param folder where those of them that run on this machine keep their data; null if both run elsewhere
 */
public record BackingServices(
        String mongoUri,
        String kafkaServers,
        Map<String, String> kafkaProperties,
        @Nullable Path folder) {

    private record Broker(String servers, Map<String, String> properties) {}

    /** Starts those that the options do not name, both at once, and adds them to the shutdown. */
    public static BackingServices start(
            BackingOptions options, DataFolder data, ShutdownSequence shutdown, StartupProgress progress) {
        StoreSettings store = EmbeddedStoreProperties.read(new StandardEnvironment(), data.store());
        CompletableFuture<Broker> kafka = options.kafkaServers() == null
                ? CompletableFuture.supplyAsync(() -> startBroker(data, shutdown, progress))
                : CompletableFuture.completedFuture(new Broker(options.kafkaServers(), Map.of()));
        CompletableFuture<String> mongo = options.mongoUri() == null
                ? CompletableFuture.supplyAsync(() -> startStore(options, store, data, shutdown, progress))
                : CompletableFuture.completedFuture(options.mongoUri());
        Broker broker = kafka.join();
        boolean elsewhere = options.mongoUri() != null && options.kafkaServers() != null;
        return new BackingServices(mongo.join(), broker.servers(), broker.properties(), elsewhere ? null : data.path());
    }

    /** The settings of services that use them. There are passwords among them. */
    public List<String> settings() {
        List<String> settings = new ArrayList<>();
        settings.add("--spring.mongodb.uri=" + mongoUri);
        settings.add("--spring.kafka.bootstrap-servers=" + kafkaServers);
        kafkaProperties.forEach((name, value) -> settings.add("--spring.kafka.properties." + name + "=" + value));
        return settings;
    }

    @Override
    public String toString() {
        return "BackingServices[***]";
    }

    private static Broker startBroker(DataFolder data, ShutdownSequence shutdown, StartupProgress progress) {
        try {
            EmbeddedBroker broker =
                    EmbeddedBroker.start(data.kafka(), 0, data.secrets().broker());
            shutdown.add("broker", broker);
            progress.started("broker");
            return new Broker(broker.bootstrapServers(), broker.clientProperties());
        } catch (Exception failure) {
            throw new CompletionException("The embedded broker did not start", failure);
        }
    }

    /** A data folder keeps the kind of store that it began with. */
    private static String startStore(
            BackingOptions options,
            StoreSettings store,
            DataFolder data,
            ShutdownSequence shutdown,
            StartupProgress progress) {
        Optional<Path> mongod = Files.exists(data.store()) ? Optional.empty() : Mongod.find(options.searchPath());
        try {
            return mongod.isPresent()
                    ? startMongod(mongod.get(), data, shutdown, progress)
                    : startEmbeddedStore(store.withCredentials(data.secrets().store()), shutdown, progress);
        } catch (Exception failure) {
            throw new CompletionException("The store did not start", failure);
        }
    }

    private static String startMongod(
            Path executable, DataFolder data, ShutdownSequence shutdown, StartupProgress progress) throws Exception {
        Mongod mongod = Mongod.start(executable, data.mongod());
        shutdown.add("mongod", mongod);
        progress.started("mongod");
        return mongod.uri() + "parley";
    }

    private static String startEmbeddedStore(
            StoreSettings settings, ShutdownSequence shutdown, StartupProgress progress) throws Exception {
        EmbeddedStore store = EmbeddedStore.start(settings);
        shutdown.add("store", store);
        progress.started("store");
        return store.uri() + "parley";
    }
}
