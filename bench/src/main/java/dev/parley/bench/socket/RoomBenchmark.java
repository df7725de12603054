package dev.parley.bench.socket;

import dev.parley.bench.store.Machine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One room of 500, 100 messages of 300 bytes a second: what a delivered message costs the server, and how long it is under
 * way, turn by turn with the official server.
 *
 * <p>Arguments: the folder of {@code server.mjs}, and how many turns each has (3).
 */
final class RoomBenchmark {

    private static final int MEMBERS = 500;
    private static final int PER_SECOND = 100;
    private static final int BYTES = 300;
    /** Until the compilers of both are through. */
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    private static final Duration MEASURED = Duration.ofSeconds(20);

    private RoomBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        System.out.println("server  delivered/s  CPU us/delivery  p50 ms  p99 ms  load");
        for (int turn = 0; turn < turns; turn++) {
            try (ServerProcess server = ServerProcess.node(Path.of(arguments[0]))) {
                measure("node", server);
            }
            try (ServerProcess server = ServerProcess.parley("-Xmx256m")) {
                measure("parley", server);
            }
        }
    }

    private static void measure(String name, ServerProcess server) throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Latencies latencies = new Latencies((int) (MEMBERS * PER_SECOND * MEASURED.toSeconds() * 2));
        List<SocketClient> members = join(loops, server, latencies);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        clock.scheduleAtFixedRate(
                () -> members.get(0).emit("[\"publish\",{\"text\":\"" + Latencies.stamped(BYTES) + "\"}]"),
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
                "%-6s  %11d  %15.2f  %6.1f  %6.1f  %4.1f%n",
                name,
                latencies.count() / MEASURED.toSeconds(),
                used.toNanos() / 1e3 / latencies.count(),
                latencies.quantile(0.5),
                latencies.quantile(0.99),
                Machine.load());
        members.forEach(SocketClient::close);
        loops.shutdownGracefully().sync();
    }

    private static List<SocketClient> join(EventLoopGroup loops, ServerProcess server, Latencies latencies)
            throws IOException {
        List<SocketClient> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(SocketClient.connect(loops, "ws://127.0.0.1:" + server.port(), "", "{}", latencies::arrived)
                    .join());
        }
        return members;
    }
}
