package dev.parley.auth;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.FreePort;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A broker and a store for all tests; a port and a database for each application context. */
final class Surroundings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final EmbeddedBroker BROKER = startBroker();

    private static final MongoServer STORE = new MongoServer(new MemoryBackend());
    private static final String STORE_URI = STORE.bindAndGetConnectionString();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    static String newDatabase() {
        return STORE_URI + "/auth-" + DATABASES.incrementAndGet();
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "server.port=" + freePort(),
                        "spring.mongodb.uri=" + newDatabase(),
                        "spring.kafka.bootstrap-servers=" + BROKER.bootstrapServers())
                .applyTo(context);
    }

    private static EmbeddedBroker startBroker() {
        try {
            return EmbeddedBroker.start(Files.createTempDirectory("broker"), 0);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static int freePort() {
        try {
            return FreePort.find();
        } catch (java.io.IOException none) {
            throw new IllegalStateException(none);
        }
    }
}
