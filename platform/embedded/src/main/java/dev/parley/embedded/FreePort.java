package dev.parley.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds a TCP port on the loopback interface that nobody listens on: below those that systems give to whoever connects (from
 * 32768 on, on Linux). So nobody takes it by accident while its service starts again, and who calls it meanwhile does not
 * connect to itself.
 */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_767;
    private static final int COUNT = LAST - FIRST + 1;
    private static final int MAX_ATTEMPTS = 1_000;

    /** Counts on from anywhere: a process that asks for several is given none twice, two processes seldom the same. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {}

    /**
     * A port that was free a moment ago, and was not found in this process before, but for thousands of calls ago. Another
     * process may take it before the caller does.
     */
    public static int find() throws IOException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // the next one
            }
        }
        throw new IOException("No free port from %d to %d".formatted(FIRST, LAST));
    }
}
