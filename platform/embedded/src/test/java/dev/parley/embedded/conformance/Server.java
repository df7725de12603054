package dev.parley.embedded.conformance;

import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.store.settings.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.opentest4j.TestAbortedException;
import org.springframework.util.FileSystemUtils;

/** A server that the conformance checks run against. */
enum Server {
    EMBEDDED {
        @Override
        String start() throws Exception {
            Path directory = Files.createTempDirectory("store-conformance");
            EmbeddedStore store =
                    EmbeddedStore.start(StoreSettings.at(directory).withExpirySweep(Duration.ofMillis(200)));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                store.close();
                FileSystemUtils.deleteRecursively(directory.toFile());
            }));
            return store.uri();
        }
    },
    MONGODB_URI {
        @Override
        String start() {
            String uri = System.getenv("MONGODB_URI");
            if (uri == null) {
                throw new TestAbortedException("the environment variable MONGODB_URI is not set");
            }
            return uri;
        }
    },
    CONTAINER {
        @Override
        String start() {
            return MongoContainer.start();
        }
    };

    private String uri;

    abstract String start() throws Exception;

    /**
     * The address of the server, started when first asked for.
     *
     * @throws TestAbortedException if there is none to start; any other failure is one
     */
    synchronized String uri() throws Exception {
        if (uri == null) {
            uri = start();
        }
        return uri;
    }
}
