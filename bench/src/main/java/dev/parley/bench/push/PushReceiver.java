package dev.parley.bench.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Takes pushes as a webhook, and counts them. It also stands for a conversation-service that knows nobody. */
final class PushReceiver implements AutoCloseable {

    private static final int THREADS = 8;

    private final AtomicLong received = new AtomicLong();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    PushReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 1_024);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.createContext("/internal/platform/audience/", PushReceiver::nobody);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
        received.incrementAndGet();
    }

    private static void nobody(HttpExchange exchange) throws IOException {
        byte[] answer = "{\"conversations\": [], \"members\": []}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void await(long pushes, Duration longest) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (received.get() < pushes) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("Only " + received + " of " + pushes + " pushes came");
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
