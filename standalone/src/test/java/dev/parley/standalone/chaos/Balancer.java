package dev.parley.standalone.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One address for several servers on this machine. Each connection leads to the next server in turn that can be reached, and breaks
 * with it: as a cluster does it.
 */
final class Balancer implements AutoCloseable {

    private static final int LONGEST_CONNECT_MILLIS = 1_000;

    private final ServerSocket entrance;
    private final List<Integer> servers;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Balancer(List<Integer> servers) throws IOException {
        this.servers = servers;
        this.entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void accept() {
        for (int turn = 0; !entrance.isClosed(); turn++) {
            try {
                lead(entrance.accept(), turn);
            } catch (IOException closed) {
                // Of the connection, or of the entrance.
            }
        }
    }

    private void lead(Socket client, int turn) throws IOException {
        for (int i = 0; i < servers.size(); i++) {
            Socket server = new Socket();
            try {
                server.connect(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), servers.get((turn + i) % servers.size())),
                        LONGEST_CONNECT_MILLIS);
                open.add(client);
                open.add(server);
                threads.execute(() -> carry(client, server));
                threads.execute(() -> carry(server, client));
                return;
            } catch (IOException unreachable) {
                server.close();
            }
        }
        client.close();
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[16 * 1024];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
            }
        } catch (IOException broken) {
            // Both ends are closed.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException notClosed) {
            throw new UncheckedIOException(notClosed);
        }
        threads.shutdownNow();
    }
}
