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

    /**
     * Both measurements send the same number of messages for every platform, however slow it is, so that CPU times compare.
     *
     * @param warmUp how many messages each pair sends before
     * @param messages how many messages each pair sends in a measurement
     */
    static TurnResult run(Platform platform, int warmUp, int messages) throws InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ExecutorService threads = Executors.newFixedThreadPool(PAIRS);
        List<SenderAndReceiver> pairs = new ArrayList<>();
        try {
            for (int i = 0; i < PAIRS; i++) {
                pairs.add(new SenderAndReceiver(loops, platform.gateway()));
            }
            sendAll(pairs, threads, warmUp);
            Duration cpuBefore = platform.cpu();
            long start = System.nanoTime();
            LatencySummary busy = sendAll(pairs, threads, messages);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpuMillis = platform.cpu().minus(cpuBefore).toNanos() / 1e6 / busy.count();
            LatencySummary quiet = LatencySummary.of(pairs.get(0).repeat(messages, PAUSE));
            return TurnResult.of(busy.count() / seconds, cpuMillis, busy, quiet);
        } finally {
            threads.shutdownNow();
            pairs.forEach(SenderAndReceiver::close);
            loops.shutdownGracefully().sync();
        }
    }

    private static LatencySummary sendAll(List<SenderAndReceiver> pairs, ExecutorService threads, int messages)
            throws InterruptedException {
        List<Future<long[]>> running = new ArrayList<>();
        pairs.forEach(pair -> running.add(threads.submit(() -> pair.repeat(messages, Duration.ZERO))));
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
}
