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
 * Finds a TCP port on the loopback interface that nobody listens on: below those that systems give to whoever connects (from
 * 32768 on, on Linux). So nobody takes it by accident while its service starts again, and who calls it meanwhile does not
 * connect to itself.
 *
 * <p>What is found may be listened on much later: the first port of a block of them is held for as long as the process
 * lives, by which all others in it are its own. Other processes that ask here are given none of them.
 */
public final class FreePort {

    static final int FIRST = 20_000;
    static final int BLOCK = 64;
    private static final int BLOCKS = 199;

    /** Bound to the first port of the own block; nobody listens there. */
    private static @Nullable Socket held;

    private static int next;

    private FreePort() {}

    /** A port that was free a moment ago; the same again after all others of the block at the earliest. */
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
            // Else two that do not listen might be bound to one port.
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
