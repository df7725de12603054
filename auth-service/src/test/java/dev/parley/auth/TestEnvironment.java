package dev.parley.auth;

import dev.parley.embedded.FreePort;
import dev.parley.platform.test.EmbeddedParts;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A broker and a store for all tests; a port and a database for each application context. */
public final class TestEnvironment implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "server.port=" + freePort(),
                        "spring.mongodb.uri=" + EmbeddedParts.storeUri() + "auth-" + DATABASES.incrementAndGet(),
                        "spring.kafka.bootstrap-servers=" + EmbeddedParts.bootstrapServers(),
                        "parley.files.url-keys=" + EmbeddedParts.FILE_URL_KEY)
                .applyTo(context);
    }

    private static int freePort() {
        try {
            return FreePort.find();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }
}
