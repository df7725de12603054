package dev.parley.bench.socket;

import dev.parley.bench.client.SocketClient;
import dev.parley.bench.measure.ChildProcess;
import dev.parley.bench.measure.Machine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One room of 500 members and 100 messages of 300 bytes a second: the CPU time of a delivery and its latency. Parley and the
 * official server take turns.
 *
 * <p>Arguments: the folder of {@code server.mjs}, and how many turns each has (3).
 */
final class RoomBenchmark {

    private static final int MEMBERS = 500;
    private static final int PER_SECOND = 100;
    private static final int BYTES = 300;
    /** Until the JIT compilers of both have finished. */
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    private static final Duration MEASURED = Duration.ofSeconds(20);

    private RoomBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        System.out.println("server  delivered/s  CPU us/delivery  p50 ms  p99 ms  load");
        for (int turn = 0; turn < turns; turn++) {
            try (ChildProcess server = SocketServers.node(Path.of(arguments[0]))) {
                measure("node", server);
            }
            try (ChildProcess server = SocketServers.parley("-Xmx256m")) {
                measure("parley", server);
            }
        }
    }

    private static void measure(String name, ChildProcess server) throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        DeliveryLatencies latencies = new DeliveryLatencies((int) (MEMBERS * PER_SECOND * MEASURED.toSeconds() * 2));
        List<SocketClient> members = join(loops, server, latencies);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        clock.scheduleAtFixedRate(
                () -> members.get(0).emit("[\"publish\",{\"text\":\"" + DeliveryLatencies.stamped(BYTES) + "\"}]"),
                0,
                TimeUnit.SECONDS.toNanos(1) / PER_SECOND,
                TimeUnit.NANOSECONDS);
        Thread.sleep(WARM_UP.toMillis());
        latencies.begin();
        Duration before = server.cpu();
        Thread.sleep(MEASURED.toMillis());
        Duration used = server.cpu().minus(before);
        latencies.end();
        clock.shutdownNow();
        System.out.printf(
                Locale.ROOT,
                "%-6s  %11d  %15.2f  %6.1f  %6.1f  %4.1f%n",
                name,
                latencies.count() / MEASURED.toSeconds(),
                used.toNanos() / 1e3 / latencies.count(),
                latencies.summary().p50(),
                latencies.summary().p99(),
                Machine.load());
        members.forEach(SocketClient::close);
        loops.shutdownGracefully().sync();
    }

    private static List<SocketClient> join(EventLoopGroup loops, ChildProcess server, DeliveryLatencies latencies)
            throws IOException {
        List<SocketClient> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(SocketClient.connect(loops, SocketServers.address(server), "", "{}", latencies::arrived)
                    .join());
        }
        return members;
    }
}
