package dev.parley.platform.boot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;

/** Whether anybody listens where a store or a broker should be. Its methods block. */
public final class Reachability {

    /** One that starts together with the service may be a little later. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private Reachability() {}

    /** Returns as soon as one of the addresses takes connections, or after a few seconds in which none does. */
    public static boolean awaitAnyOf(Collection<InetSocketAddress> addresses) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (addresses.stream().noneMatch(Reachability::takesConnections)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static boolean takesConnections(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) CONNECT_TIMEOUT.toMillis());
            return true;
        } catch (IOException away) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while waiting for a store or a broker", stopped);
        }
    }
}
