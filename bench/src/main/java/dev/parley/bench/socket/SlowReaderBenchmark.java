package dev.parley.bench.socket;

import dev.parley.bench.store.Machine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A member of a room that stops reading while 60 MB are sent there: what the server's memory grows by, and what the others
 * notice of it. Each server first without such a member, then with one.
 *
 * <p>Arguments: the folder of {@code server.mjs}.
 */
final class SlowReaderBenchmark {

    private static final int MEMBERS = 20;
    private static final int BYTES = 10_000;
    private static final int MESSAGES = 6_000;
    private static final int PER_SECOND = 200;

    private SlowReaderBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(
                "server  stopped  grown by MiB (most)  p50 ms  p99 ms  delivered  stopped one is open  load");
        for (int stopped = 0; stopped <= 1; stopped++) {
            try (ServerProcess server = ServerProcess.node(Path.of(arguments[0]))) {
                measure("node", server, stopped);
            }
            try (ServerProcess server =
                    ServerProcess.parley("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC")) {
                measure("parley", server, stopped);
            }
        }
    }

    private static void measure(String name, ServerProcess server, int stopped) throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Latencies latencies = new Latencies(MEMBERS * MESSAGES);
        List<SocketClient> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(connect(loops, server, latencies));
        }
        send(members.get(0), PER_SECOND * 5, new AtomicLong(), server);
        List<SocketClient> slow = new ArrayList<>();
        for (int i = 0; i < stopped; i++) {
            slow.add(connect(loops, server, new Latencies(0)));
        }
        slow.forEach(SocketClient::stopReading);
        latencies.begin();
        long before = server.residentBytes();
        AtomicLong most = new AtomicLong(before);
        send(members.get(0), MESSAGES, most, server);
        Thread.sleep(1000);
        latencies.end();
        System.out.printf(
                "%-6s  %7d  %20.1f  %6.1f  %6.1f  %9d  %19b  %4.1f%n",
                name,
                stopped,
                (most.get() - before) / 1024.0 / 1024.0,
                latencies.quantile(0.5),
                latencies.quantile(0.99),
                latencies.count(),
                slow.stream().anyMatch(SocketClient::isOpen),
                Machine.load());
        members.forEach(SocketClient::close);
        slow.forEach(SocketClient::close);
        loops.shutdownGracefully().sync();
    }

    private static SocketClient connect(EventLoopGroup loops, ServerProcess server, Latencies latencies) {
        return SocketClient.connect(loops, "ws://127.0.0.1:" + server.port(), "", "{}", latencies::arrived)
                .join();
    }

    private static void send(SocketClient sender, int messages, AtomicLong most, ServerProcess server)
            throws InterruptedException {
        CountDownLatch left = new CountDownLatch(messages);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        clock.scheduleAtFixedRate(
                () -> {
                    if (left.getCount() == 0) {
                        return;
                    }
                    sender.emit("[\"publish\",{\"text\":\"" + Latencies.stamped(BYTES) + "\"}]");
                    if (left.getCount() % PER_SECOND == 0) {
                        most.accumulateAndGet(resident(server), Math::max);
                    }
                    left.countDown();
                },
                0,
                TimeUnit.SECONDS.toNanos(1) / PER_SECOND,
                TimeUnit.NANOSECONDS);
        left.await();
        clock.shutdownNow();
    }

    private static long resident(ServerProcess server) {
        try {
            return server.residentBytes();
        } catch (java.io.IOException gone) {
            return 0;
        }
    }
}
