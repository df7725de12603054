package dev.parley.embedded.conformance;

import dev.parley.embedded.EmbeddedStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.util.FileSystemUtils;

/** A server that the conformance checks run against. */
enum Server {
    EMBEDDED {
        @Override
        String start() throws Exception {
            Path directory = Files.createTempDirectory("store-conformance");
            EmbeddedStore store =
                    EmbeddedStore.start(EmbeddedStore.Options.at(directory).withExpirySweep(Duration.ofMillis(200)));
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
                throw new IllegalStateException("the environment variable MONGODB_URI is not set");
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
    private String whyNot;

    abstract String start() throws Exception;

    synchronized boolean isAvailable() {
        if (uri == null && whyNot == null) {
            try {
                uri = start();
            } catch (Exception e) {
                whyNot = name() + " is not tested: " + e.getMessage();
            }
        }
        return uri != null;
    }

    String whyNot() {
        return whyNot;
    }

    String uri() {
        return uri;
    }
}
