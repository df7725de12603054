package dev.parley.embedded.conformance;

import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mongodb.MongoDBContainer;

/** Real MongoDB in a container, for as long as this JVM lives. */
final class MongoContainer {

    private static final String IMAGE = "mongo:8.0";

    private MongoContainer() {}

    static String start() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new TestAbortedException("there is no Docker");
        }
        MongoDBContainer container = new MongoDBContainer(IMAGE);
        container.start();
        return container.getConnectionString();
    }
}
