package dev.parley.bench.attack;

import dev.parley.bench.client.ChatClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client from a loopback address of its own that does what a gateway must bear: bodies and headers that it sends a part of,
 * ids that are none, tokens of made-up keys, and as many connections as it may have.
 */
final class Attack implements AutoCloseable {

    private static final String FROM = "127.0.0.9";
    private static final int IDLE_CONNECTIONS = 1_000;
    private static final int STARTED_PER_SECOND = 100;
    private static final int OPEN_AT_ONCE = 500;

    private static final List<String> BAD_IDS =
            List.of("..", "%2e%2e", "a%2Fb", "a;b", "%00", "%zz", "x".repeat(5_000));

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final Deque<Socket> idle = new ArrayDeque<>();
    private final Deque<Socket> busy = new ArrayDeque<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final InetSocketAddress gateway;
    private final String token;

    private Attack(URI address, String token) {
        this.gateway = new InetSocketAddress(address.getHost(), address.getPort());
        this.token = token;
    }

    /** @param baseUrl the gateway, such as {@code http://localhost:8080} */
    static Attack on(String baseUrl) {
        Attack attack =
                new Attack(URI.create(baseUrl), ChatClient.register(baseUrl).token());
        long pause = TimeUnit.SECONDS.toMicros(1) / STARTED_PER_SECOND;
        attack.threads.scheduleAtFixedRate(attack::request, 0, pause, TimeUnit.MICROSECONDS);
        attack.threads.scheduleAtFixedRate(attack::connect, 0, pause, TimeUnit.MICROSECONDS);
        return attack;
    }

    /** Keeps connections open on which nothing comes. */
    private void connect() {
        keep(idle, "", IDLE_CONNECTIONS);
    }

    private void request() {
        keep(busy, nextRequest(turn.getAndIncrement()), OPEN_AT_ONCE);
    }

    private String nextRequest(int number) {
        String known = "Authorization: Bearer " + token + "\r\n";
        String path = "/api/v1/conversations/" + BAD_IDS.get(number / 8 % BAD_IDS.size());
        return switch (number % 8) {
            case 0 -> "POST /api/v1/messages/m HTTP/1.1\r\nHost: a\r\n" + known + "Content-Length: 1000\r\n\r\n{";
            case 1 ->
                "POST /api/v1/messages/m HTTP/1.1\r\nHost: a\r\n" + known
                        + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n";
            case 2 -> "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n{";
            case 3 -> "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + known + "\r\n";
            case 4 -> "GET /api/v1/messages/search?query=x&conversationId=.. HTTP/1.1\r\nHost: a\r\n" + known + "\r\n";
            case 5 -> "GET /api/v1/users/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + madeUpToken() + "\r\n\r\n";
            case 6 -> "GET /api/v1/users/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer nonsense\r\n\r\n";
            default -> "GET /api/v1/users/me HTTP/1.1\r\nHost:";
        };
    }

    private static String madeUpToken() {
        return encoded("{\"alg\":\"ES256\",\"kid\":\"" + UUID.randomUUID() + "\"}") + "." + encoded("{\"sub\":\"x\"}")
                + "." + encoded("x".repeat(64));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void keep(Deque<Socket> open, String request, int most) {
        try {
            Socket socket = new Socket();
            open.add(socket);
            socket.bind(new InetSocketAddress(InetAddress.getByName(FROM), 0));
            socket.connect(gateway);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            if (open.size() > most) {
                open.remove().close();
            }
        } catch (IOException refused) {
            // The gateway does not want it, which is what it is for.
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(1, TimeUnit.MINUTES);
        for (Deque<Socket> sockets : List.of(idle, busy)) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
