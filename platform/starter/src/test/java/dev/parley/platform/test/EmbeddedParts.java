package dev.parley.platform.test;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.store.query.UnindexedQuery;
import dev.parley.platform.id.Ids;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A real broker and a real store for the tests of one JVM, started when first asked for. */
public final class EmbeddedParts {

    /** What the services of a test prove with that they are services. */
    public static final String SERVICE_SECRET = "the secret of the tests";

    /** What signs the addresses of files in the tests. */
    public static final String FILE_URL_KEY = "dGhlIGtleSBvZiB0aGUgdGVzdHMgaGFzIDI1NiBiaXQ=";

    private static final EmbeddedBroker BROKER;
    private static final EmbeddedStore STORE;

    static {
        try {
            Path directory = Files.createTempDirectory("parley-test");
            BROKER = EmbeddedBroker.start(directory.resolve("kafka"), 0);
            STORE = EmbeddedStore.start(directory.resolve("store"), 0);
        } catch (Exception notStarted) {
            throw new ExceptionInInitializerError(notStarted);
        }
    }

    private EmbeddedParts() {}

    /** Points a service at the broker, the store, and the keys of {@link TestTokens}. */
    public static void register(DynamicPropertyRegistry properties) {
        properties.add("spring.kafka.bootstrap-servers", BROKER::bootstrapServers);
        properties.add("spring.mongodb.uri", () -> STORE.uri() + "parley");
        // Each does its jobs itself: another context that is still there has other settings.
        String group = Ids.next();
        properties.add("parley.jobs.group", () -> group);
        properties.add("parley.service-secret", () -> SERVICE_SECRET);
        properties.add("parley.files.url-keys", () -> FILE_URL_KEY);
        properties.add("parley.security.jwks-uri", TestTokens::jwksUri);
    }

    /** The store's address; the name of a database may follow. */
    public static String storeUri() {
        return STORE.uri();
    }

    /** The queries so far that no index helped, or not enough. */
    static List<UnindexedQuery> unindexedQueries() {
        return STORE.statistics().unindexedQueries();
    }

    static void forgetQueries() {
        STORE.statistics().reset();
    }

    public static String bootstrapServers() {
        return BROKER.bootstrapServers();
    }
}
