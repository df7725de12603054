package dev.parley.standalone.backing;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.FreePort;
import dev.parley.embedded.store.settings.Credentials;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.standalone.backlog.BacklogPublisher;
import dev.parley.standalone.lifecycle.ShutdownSequence;
import dev.parley.standalone.lifecycle.StartupProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.StandardEnvironment;

/**
 * The store and the broker that the services use. Where they will be is known before they have started.
 *
 * @param mongoUri the connection string of the store, with the database
 * @param kafkaServers the addresses of the brokers
 * @param kafkaProperties what Kafka's clients set beside the addresses
 * @param folder where those of them that run on this machine keep their data; null if both run elsewhere
 * @param store the embedded store; null if it is another one
 * @param started completes when both can be used
 */
public record BackingServices(
        String mongoUri,
        String kafkaServers,
        Map<String, String> kafkaProperties,
        @Nullable Path folder,
        @Nullable CompletableFuture<EmbeddedStore> store,
        CompletableFuture<Void> started) {

    private static final String DATABASE = "parley";

    /** @param embedded what was started, if that is the embedded store */
    private record Part(
            String address,
            CompletableFuture<?> started,
            @Nullable CompletableFuture<EmbeddedStore> embedded) {}

    /** Begins to start those that the options do not name, both at once, and adds them to the shutdown. */
    public static BackingServices start(
            BackingOptions options, DataFolder data, ShutdownSequence shutdown, StartupProgress progress)
            throws IOException {
        StoreSettings settings = EmbeddedStoreProperties.read(new StandardEnvironment(), data.store());
        Part store = options.mongoUri() == null
                ? startStore(options, settings, data, shutdown, progress)
                : new Part(options.mongoUri(), CompletableFuture.completedFuture(null), null);
        if (options.kafkaServers() != null) {
            Path folder = options.mongoUri() == null ? data.path() : null;
            return new BackingServices(
                    store.address(),
                    options.kafkaServers(),
                    Map.of(),
                    folder,
                    store.embedded(),
                    CompletableFuture.allOf(store.started()));
        }
        int port = FreePort.find();
        Credentials credentials = data.secrets().broker();
        CompletableFuture<?> broker = begin("broker", () -> startBroker(data, port, credentials), shutdown, progress);
        return new BackingServices(
                store.address(),
                EmbeddedBroker.address(port),
                EmbeddedBroker.clientProperties(credentials),
                data.path(),
                store.embedded(),
                CompletableFuture.allOf(store.started(), broker));
    }

    /** On a folder that was restored, no service sees the broker before the events of the backup are there. */
    private static EmbeddedBroker startBroker(DataFolder data, int port, Credentials credentials) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(data.kafka(), port, credentials);
        try {
            BacklogPublisher.publish(data.backlog(), broker.bootstrapServers(), broker.clientProperties());
            return broker;
        } catch (IOException | RuntimeException failure) {
            broker.close();
            throw failure;
        }
    }

    /** A data folder keeps the kind of store that it began with. */
    private static Part startStore(
            BackingOptions options,
            StoreSettings settings,
            DataFolder data,
            ShutdownSequence shutdown,
            StartupProgress progress)
            throws IOException {
        int port = FreePort.find();
        Optional<Path> mongod = Files.exists(data.store()) ? Optional.empty() : Mongod.find(options.searchPath());
        if (mongod.isPresent()) {
            return new Part(
                    Mongod.uri(port) + DATABASE,
                    begin("mongod", () -> Mongod.start(mongod.get(), data.mongod(), port), shutdown, progress),
                    null);
        }
        StoreSettings complete =
                settings.withPort(port).withCredentials(data.secrets().store());
        CompletableFuture<EmbeddedStore> embedded =
                begin("store", () -> EmbeddedStore.start(complete), shutdown, progress);
        return new Part(EmbeddedStore.uri(port, complete.credentials()) + DATABASE, embedded, embedded);
    }

    private static <T extends AutoCloseable> CompletableFuture<T> begin(
            String name, Callable<T> start, ShutdownSequence shutdown, StartupProgress progress) {
        CompletableFuture<T> starting = CompletableFuture.supplyAsync(() -> {
            try {
                T part = start.call();
                progress.started(name);
                return part;
            } catch (Exception failure) {
                throw new CompletionException("The " + name + " did not start", failure);
            }
        });
        // Added now: what is started after this stops before it.
        shutdown.add(name, () -> {
            T part = starting.handle((started, failure) -> started).join();
            if (part != null) {
                part.close();
            }
        });
        return starting;
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
}
