package dev.parley.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds a TCP port on the loopback interface on which nobody listens. It lies below the ports that the system gives to
 * outgoing connections (from 32768 on, on Linux). Otherwise a connection could take the port while its service restarts, and
 * a client that tries to connect meanwhile could even connect to itself.
 *
 * <p>The caller may listen on the port much later. Each process reserves a block of ports: it binds the first port of the
 * block for as long as it lives, and other processes that use this class then skip the whole block.
 */
public final class FreePort {

    static final int FIRST = 20_000;
    static final int BLOCK = 64;
    private static final int BLOCKS = 199;

    /** Bound to the first port of the block that this process reserves; nobody listens there. */
    private static @Nullable Socket held;

    private static int next;

    private FreePort() {}

    /** A port that was free a moment ago. The same port comes again only after all others of the block. */
    public static synchronized int find() throws IOException {
        if (held == null) {
            held = holdBlock();
        }
        for (int attempt = 1; attempt < BLOCK; attempt++) {
            int port = held.getLocalPort() + 1 + next;
            next = (next + 1) % (BLOCK - 1);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // the next one
            }
        }
        throw new IOException("No free port above " + held.getLocalPort());
    }

    private static Socket holdBlock() throws IOException {
        int begin = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            Socket hold = new Socket();
            // Otherwise two sockets that do not listen may be bound to the same port.
            hold.setReuseAddress(false);
            try {
                hold.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), FIRST + (begin + i) % BLOCKS * BLOCK));
                return hold;
            } catch (BindException taken) {
                hold.close();
            }
        }
        throw new IOException("No free ports from " + FIRST + " on");
    }
}
