package dev.parley.standalone.backing;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.standalone.lifecycle.ShutdownSequence;
import dev.parley.standalone.lifecycle.StartupProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.core.env.StandardEnvironment;

/**
 * The store and the broker that the services use.
 *
 * @param mongoUri the connection string of the store, with the database
 * @param kafkaServers the addresses of the brokers
 */
public record BackingServices(String mongoUri, String kafkaServers) {

    /** Starts those that the options do not name, both at once, and adds them to the shutdown. */
    public static BackingServices start(
            BackingOptions options, DataFolder data, ShutdownSequence shutdown, StartupProgress progress) {
        StoreSettings store = EmbeddedStoreProperties.read(new StandardEnvironment(), data.store());
        CompletableFuture<String> kafka = options.kafkaServers() == null
                ? CompletableFuture.supplyAsync(() -> startBroker(data, shutdown, progress))
                : CompletableFuture.completedFuture(options.kafkaServers());
        CompletableFuture<String> mongo = options.mongoUri() == null
                ? CompletableFuture.supplyAsync(() -> startStore(options, store, data, shutdown, progress))
                : CompletableFuture.completedFuture(options.mongoUri());
        return new BackingServices(mongo.join(), kafka.join());
    }

    private static String startBroker(DataFolder data, ShutdownSequence shutdown, StartupProgress progress) {
        try {
            EmbeddedBroker broker = EmbeddedBroker.start(data.kafka(), 0);
            shutdown.add("broker", broker);
            progress.started("broker");
            return broker.bootstrapServers();
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
                    : startEmbeddedStore(store, shutdown, progress);
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
