package dev.parley.bench.endtoend;

import dev.parley.bench.measure.LatencySummary;
import dev.parley.bench.measure.Machine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long a message takes from one client's socket to another client's, through gateway, services, store and Kafka. Beside
 * it, how long a record takes through Kafka alone. The two take many short turns, so that both see the same machine.
 *
 * <p>Arguments: the gateway as {@code host:port}, the Kafka that the platform uses, and how many turns each has (25).
 */
final class EndToEndBenchmark {

    /** About as many as it takes until the JIT compilers have finished. */
    private static final int WARM_UP = 25_000;

    private static final int MESSAGES = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private EndToEndBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 25;
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        List<long[]> kafkaAlone = new ArrayList<>();
        List<long[]> endToEnd = new ArrayList<>();
        try (SenderAndReceiver users = new SenderAndReceiver(loops, arguments[0]);
                BareKafka kafka = new BareKafka(arguments[1])) {
            users.repeat(WARM_UP, Duration.ZERO);
            kafka.repeat(WARM_UP, Duration.ZERO);
            for (int turn = 0; turn < turns; turn++) {
                kafkaAlone.add(kafka.repeat(MESSAGES, PAUSE));
                endToEnd.add(users.repeat(MESSAGES, PAUSE));
            }
        }
        System.out.println("              p50 ms  p99 ms  load");
        print("Kafka alone", LatencySummary.of(kafkaAlone));
        print("end to end", LatencySummary.of(endToEnd));
        loops.shutdownGracefully();
    }

    private static void print(String name, LatencySummary latencies) {
        System.out.printf(
                Locale.ROOT, "%-12s  %6.2f  %6.2f  %4.1f%n", name, latencies.p50(), latencies.p99(), Machine.load());
    }
}
