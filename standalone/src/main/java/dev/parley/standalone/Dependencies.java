package dev.parley.standalone;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.store.settings.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.core.env.StandardEnvironment;

/**
 * What services depend on.
 *
 * @param mongoUri the connection string of the store, with the database
 * @param kafkaServers the addresses of the brokers
 */
record Dependencies(String mongoUri, String kafkaServers) {

    /** Starts, at once, what the options do not name, and has it stopped in its turn. */
    static Dependencies start(Options options, DataFolder data, Stopping stopping, Progress progress) {
        StoreSettings store = EmbeddedStoreProperties.read(new StandardEnvironment(), data.store());
        CompletableFuture<String> kafka = options.kafkaServers() == null
                ? CompletableFuture.supplyAsync(() -> startBroker(data, stopping, progress))
                : CompletableFuture.completedFuture(options.kafkaServers());
        CompletableFuture<String> mongo = options.mongoUri() == null
                ? CompletableFuture.supplyAsync(() -> startStore(options, store, data, stopping, progress))
                : CompletableFuture.completedFuture(options.mongoUri());
        return new Dependencies(mongo.join(), kafka.join());
    }

    private static String startBroker(DataFolder data, Stopping stopping, Progress progress) {
        try {
            EmbeddedBroker broker = EmbeddedBroker.start(data.kafka(), 0);
            stopping.later("broker", broker);
            progress.started("broker");
            return broker.bootstrapServers();
        } catch (Exception failure) {
            throw new CompletionException("The embedded broker did not start", failure);
        }
    }

    /** The data folder stays with the store that it began with. */
    private static String startStore(
            Options options, StoreSettings store, DataFolder data, Stopping stopping, Progress progress) {
        Optional<Path> mongod = Files.exists(data.store()) ? Optional.empty() : Mongod.find(options.searchPath());
        try {
            return mongod.isPresent()
                    ? startMongod(mongod.get(), data, stopping, progress)
                    : startEmbeddedStore(store, stopping, progress);
        } catch (Exception failure) {
            throw new CompletionException("The store did not start", failure);
        }
    }

    private static String startMongod(Path executable, DataFolder data, Stopping stopping, Progress progress)
            throws Exception {
        Mongod mongod = Mongod.start(executable, data.mongod());
        stopping.later("mongod", mongod);
        progress.started("mongod");
        return mongod.uri() + "parley";
    }

    private static String startEmbeddedStore(StoreSettings settings, Stopping stopping, Progress progress)
            throws Exception {
        EmbeddedStore store = EmbeddedStore.start(settings);
        stopping.later("store", store);
        progress.started("store");
        return store.uri() + "parley";
    }
}
