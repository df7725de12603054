package dev.parley.standalone;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs of {@code src/test/node}, which not every machine has. */
public final class NodeModule {

    private NodeModule() {}

    /** Skips the test where Node is missing, or what {@code npm ci} installs there. */
    public static void orSkip(Path installed) throws InterruptedException {
        assumeTrue(
                isThereNode() && Files.exists(installed),
                "needs Node and: npm ci --prefix standalone/src/test/node --ignore-scripts");
    }

    private static boolean isThereNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
