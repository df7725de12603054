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
import java.util.concurrent.CompletableFuture;

/**
 * The resident memory of an idle socket: 5,000 of them, after 500 that made the server initialize itself.
 *
 * <p>Arguments: the folder of {@code server.mjs}.
 */
final class IdleBenchmark {

    private static final int FIRST = 500;
    private static final int SOCKETS = 5_000;
    private static final int AT_ONCE = 100;

    /** Longer than the interval of pings, because an idle socket still answers them. */
    private static final Duration QUIET = Duration.ofSeconds(40);

    private IdleBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("server  sockets  KiB/socket  load");
        try (ChildProcess server = SocketServers.node(Path.of(arguments[0]))) {
            measure("node", server, false);
        }
        try (ChildProcess server = SocketServers.parley("-Xmx256m", "-XX:+UseSerialGC")) {
            measure("parley", server, true);
        }
    }

    private static void measure(String name, ChildProcess server, boolean jvm) throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        List<SocketClient> all = new ArrayList<>();
        connect(FIRST, loops, server, all);
        Thread.sleep(QUIET.toMillis());
        long before = settledBytes(server, jvm);
        connect(SOCKETS, loops, server, all);
        Thread.sleep(QUIET.toMillis());
        long after = settledBytes(server, jvm);
        long open = all.stream().filter(SocketClient::isOpen).count();
        System.out.printf(
                Locale.ROOT,
                "%-6s  %7d  %10.1f  %4.1f%n",
                name,
                open,
                (after - before) / 1024.0 / SOCKETS,
                Machine.load());
        all.forEach(SocketClient::close);
        loops.shutdownGracefully().sync();
    }

    private static long settledBytes(ChildProcess server, boolean jvm) throws IOException, InterruptedException {
        if (jvm) {
            server.collectGarbage();
        }
        return server.residentBytes();
    }

    private static void connect(int count, EventLoopGroup loops, ChildProcess server, List<SocketClient> all) {
        for (int from = 0; from < count; from += AT_ONCE) {
            List<CompletableFuture<SocketClient>> some = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                some.add(SocketClient.connect(loops, SocketServers.address(server), "", "{}", event -> {}));
            }
            some.forEach(one -> all.add(one.join()));
        }
    }
}
