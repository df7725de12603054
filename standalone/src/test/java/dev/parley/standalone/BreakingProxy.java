package dev.parley.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A network between clients and a server whose connections break off, each time when the clients have sent so much more. */
final class BreakingProxy implements AutoCloseable {

    private final ServerSocket entrance;
    private final URI server;
    private final long bytesBetweenBreaks;
    private final int breaksInAll;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger breaks = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    BreakingProxy(String serverUrl, long bytesBetweenBreaks, int breaksInAll) throws IOException {
        this.server = URI.create(serverUrl);
        this.bytesBetweenBreaks = bytesBetweenBreaks;
        this.breaksInAll = breaksInAll;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    String baseUrl() {
        return "http://localhost:" + entrance.getLocalPort();
    }

    /** How often it broke all connections. */
    int breaks() {
        return breaks.get();
    }

    /** Bytes that clients sent through it. */
    long sent() {
        return sent.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket behind = new Socket(server.getHost(), server.getPort());
                open.add(client);
                open.add(behind);
                threads.execute(() -> carry(client, behind, true));
                threads.execute(() -> carry(behind, client, false));
            }
        } catch (IOException closed) {
            breakAll();
        }
    }

    private void carry(Socket from, Socket to, boolean counted) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[16 * 1024];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
                if (counted) {
                    count(read);
                }
            }
        } catch (IOException broken) {
            // Both ends are closed.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void count(int more) {
        long all = sent.addAndGet(more);
        int before = breaks.get();
        if (before < breaksInAll
                && all >= bytesBetweenBreaks * (before + 1)
                && breaks.compareAndSet(before, before + 1)) {
            breakAll();
        }
    }

    private void breakAll() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException closed) {
                // It is what was wanted.
            }
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        breakAll();
        threads.shutdownNow();
    }
}
