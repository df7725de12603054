package dev.parley.bench.endtoend;

import dev.parley.bench.measure.LatencySummary;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends messages through a platform: first many users at once without a pause, then two users with pauses. */
final class MessageLoad {

    private static final int PAIRS = 8;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private MessageLoad() {}

    /** @param measured how long each of the two measurements takes */
    static TurnResult run(Platform platform, Duration warmUp, Duration measured) throws InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ExecutorService threads = Executors.newFixedThreadPool(PAIRS);
        List<SenderAndReceiver> pairs = new ArrayList<>();
        try {
            for (int i = 0; i < PAIRS; i++) {
                pairs.add(new SenderAndReceiver(loops, platform.gateway()));
            }
            sendAll(pairs, threads, warmUp);
            Duration cpuBefore = platform.cpu();
            LatencySummary busy = sendAll(pairs, threads, measured);
            double cpuMillis = platform.cpu().minus(cpuBefore).toNanos() / 1e6 / busy.count();
            LatencySummary quiet = LatencySummary.of(send(pairs.get(0), measured, PAUSE));
            return TurnResult.of(busy.count() / (measured.toMillis() / 1e3), cpuMillis, busy, quiet);
        } finally {
            threads.shutdownNow();
            pairs.forEach(SenderAndReceiver::close);
            loops.shutdownGracefully().sync();
        }
    }

    private static LatencySummary sendAll(List<SenderAndReceiver> pairs, ExecutorService threads, Duration duration)
            throws InterruptedException {
        List<Future<long[]>> running = new ArrayList<>();
        pairs.forEach(pair -> running.add(threads.submit(() -> send(pair, duration, Duration.ZERO))));
        List<long[]> nanos = new ArrayList<>();
        for (Future<long[]> future : running) {
            try {
                nanos.add(future.get());
            } catch (ExecutionException failed) {
                throw new IllegalStateException("A pair of users could not go on", failed.getCause());
            }
        }
        return LatencySummary.of(nanos);
    }

    /** Sends one message after the other, each when the one before has arrived and the pause is over. */
    private static long[] send(SenderAndReceiver pair, Duration duration, Duration pause) throws InterruptedException {
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            nanos.add(pair.nanos());
            Thread.sleep(pause.toMillis());
        }
        return nanos.stream().mapToLong(Long::longValue).toArray();
    }
}
