package dev.parley.bench.endtoend;

import dev.parley.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs the embedded Kafka broker in a process of its own. Arguments: a folder and a port. */
final class BrokerProcess {

    private BrokerProcess() {}

    /** Serves until it is killed. */
    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println(broker.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
