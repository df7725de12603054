package dev.parley.bench.store;

import dev.parley.bench.measure.LatencySummary;
import dev.parley.bench.measure.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Runs one kind of request in a closed loop: each client, on a thread of its own, sends the next request when it has the reply. */
final class ClosedLoop {

    private static final double WARM_UP_SHARE = 0.2;

    private final int clients;
    private final Duration duration;
    private final LongSupplier cpuNanos;
    private final LongAdder requests = new LongAdder();

    /** @param cpuNanos reads the CPU time that the server has used so far */
    ClosedLoop(int clients, Duration duration, LongSupplier cpuNanos) {
        this.clients = clients;
        this.duration = duration;
        this.cpuNanos = cpuNanos;
    }

    String run(Consumer<Random> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long cpuBefore = cpuNanos.getAsLong();
        requests.reset();
        try {
            List<Future<long[]>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                Random random = new Random(client);
                running.add(threads.submit(() -> runOne(request, random)));
            }
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> future : running) {
                all.add(future.get());
            }
            return report(LatencySummary.of(all), (cpuNanos.getAsLong() - cpuBefore) / 1e6 / requests.sum());
        } finally {
            threads.shutdown();
        }
    }

    /** The latencies in nanoseconds after the warm-up. */
    private long[] runOne(Consumer<Random> request, Random random) {
        long[] latencies = new long[1_024];
        int count = 0;
        long start = System.nanoTime();
        long measureFrom = start + (long) (duration.toNanos() * WARM_UP_SHARE);
        long end = start + duration.toNanos();
        for (long now = start; now < end; ) {
            request.accept(random);
            requests.increment();
            long after = System.nanoTime();
            if (now >= measureFrom) {
                if (count == latencies.length) {
                    latencies = Arrays.copyOf(latencies, count * 2);
                }
                latencies[count++] = after - now;
            }
            now = after;
        }
        return Arrays.copyOf(latencies, count);
    }

    private String report(LatencySummary latencies, double cpuMillis) {
        double seconds = duration.toNanos() * (1 - WARM_UP_SHARE) / 1e9;
        return String.format(
                Locale.ROOT,
                "p50 %7.2f ms  p99 %7.2f ms  %,8.0f/s  store CPU %.3f ms each  machine load %.1f",
                latencies.p50(),
                latencies.p99(),
                latencies.count() / seconds,
                cpuMillis,
                Machine.load());
    }
}
