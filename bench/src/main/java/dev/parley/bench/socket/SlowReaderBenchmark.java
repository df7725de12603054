package dev.parley.bench.socket;

import dev.parley.bench.client.SocketClient;
import dev.parley.bench.measure.ChildProcess;
import dev.parley.bench.measure.Machine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One member of a room stops reading while 60 MB are sent to the room: how much the server's memory grows, and how the other
 * members' latencies change. Each server runs first without such a member, then with one.
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
            try (ChildProcess server = SocketServers.node(Path.of(arguments[0]))) {
                measure("node", server, stopped);
            }
            try (ChildProcess server =
                    SocketServers.parley("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC")) {
                measure("parley", server, stopped);
            }
        }
    }

    private static void measure(String name, ChildProcess server, int stopped) throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        DeliveryLatencies latencies = new DeliveryLatencies(MEMBERS * MESSAGES);
        List<SocketClient> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(connect(loops, server, latencies));
        }
        send(members.get(0), PER_SECOND * 5, new AtomicLong(), server);
        List<SocketClient> slow = new ArrayList<>();
        for (int i = 0; i < stopped; i++) {
            slow.add(connect(loops, server, new DeliveryLatencies(0)));
        }
        slow.forEach(SocketClient::stopReading);
        latencies.begin();
        long before = server.residentBytes();
        AtomicLong most = new AtomicLong(before);
        send(members.get(0), MESSAGES, most, server);
        Thread.sleep(1000);
        latencies.end();
        System.out.printf(
                Locale.ROOT,
                "%-6s  %7d  %20.1f  %6.1f  %6.1f  %9d  %19b  %4.1f%n",
                name,
                stopped,
                (most.get() - before) / 1024.0 / 1024.0,
                latencies.summary().p50(),
                latencies.summary().p99(),
                latencies.count(),
                slow.stream().anyMatch(SocketClient::isOpen),
                Machine.load());
        members.forEach(SocketClient::close);
        slow.forEach(SocketClient::close);
        loops.shutdownGracefully().sync();
    }

    private static SocketClient connect(EventLoopGroup loops, ChildProcess server, DeliveryLatencies latencies) {
        return SocketClient.connect(loops, SocketServers.address(server), "", "{}", latencies::arrived)
                .join();
    }

    private static void send(SocketClient sender, int messages, AtomicLong most, ChildProcess server)
            throws InterruptedException {
        CountDownLatch left = new CountDownLatch(messages);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        clock.scheduleAtFixedRate(
                () -> {
                    if (left.getCount() == 0) {
                        return;
                    }
                    sender.emit("[\"publish\",{\"text\":\"" + DeliveryLatencies.stamped(BYTES) + "\"}]");
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

    private static long resident(ChildProcess server) {
        try {
            return server.residentBytes();
        } catch (IOException gone) {
            return 0;
        }
    }
}
