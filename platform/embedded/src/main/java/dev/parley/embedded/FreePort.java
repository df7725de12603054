package dev.parley.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a TCP port on the loopback interface that nobody listens on: below those that systems give to whoever connects (from
 * 32768 on, on Linux). So nobody takes it by accident while its service starts again, and who calls it meanwhile does not
 * connect to itself.
 */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_767;
    private static final int MAX_ATTEMPTS = 1_000;

    private FreePort() {}

    /** A port that was free a moment ago: another process may take it before the caller does. */
    public static int find() throws IOException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // the next one
            }
        }
        throw new IOException("No free port from %d to %d".formatted(FIRST, LAST));
    }
}
