package dev.parley.presence.session;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.stream.EventLog;
import dev.parley.presence.stream.Replay;
import dev.parley.presence.stream.StallDetector;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurface;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs replays: on few threads, outside the event loops, in small chunks, and for each device only as fast as it reads. So
 * a replay does not make the device a slow reader.
 */
@Component
final class ReplayRunner implements DisposableBean {

    /** A chunk is this part of what may wait for a device. The next one follows when less than a chunk waits. */
    private static final int CHUNKS_PER_LIMIT = 8;

    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    private final FanoutScope live;
    private final EventLog eventLog;
    private final RecoveryMetrics metrics;
    private final long chunkBytes;
    private final Duration maxStall;

    private final Scheduler scheduler =
            Schedulers.newParallel("replays", Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    ReplayRunner(FanoutScope live, EventLog eventLog, RecoveryMetrics metrics, PresenceSettings settings) {
        this.live = live;
        this.eventLog = eventLog;
        this.metrics = metrics;
        this.chunkBytes = live.fanout().limits().maxPending().toBytes() / CHUNKS_PER_LIMIT;
        this.maxStall = settings.recovery().maxStall();
    }

    Replay of(ConnectedDevice device, LiveSurface surface, Replay.Gap gap) {
        return new Replay(device, gap, surface.renderers(), live, eventLog);
    }

    /**
     * Sends what was missed, as long as the device takes it.
     *
     * @param end called when everything that was added to the replay is sent; returns false if more was added
     * @return fails with a {@link TimeoutException} if the device takes nothing for too long
     */
    Mono<Void> run(ConnectedDevice device, Replay replay, BooleanSupplier end) {
        StallDetector stalls = new StallDetector(maxStall);
        Mono<Void> sending = Flux.interval(Duration.ZERO, POLL_INTERVAL, scheduler)
                .onBackpressureDrop()
                .handle((Long tick, SynchronousSink<Long> next) -> {
                    long pending = device.pendingReplayBytes();
                    if (pending < chunkBytes) {
                        next.next(tick);
                    } else if (stalls.isStalled(replay.bytes() - pending)) {
                        next.error(new TimeoutException("The device took nothing for " + maxStall));
                    }
                })
                .concatMap(
                        tick -> Mono.fromSupplier(() -> replay.send(chunkBytes) && end.getAsBoolean())
                                .subscribeOn(scheduler)
                                .delayUntil(ended -> live.fanout().whenWritten()),
                        1)
                .takeUntil(ended -> ended)
                .then()
                .doOnSuccess(sent -> metrics.recovered(replay.events()));
        return metrics.time(sending);
    }

    @Override
    public void destroy() {
        scheduler.dispose();
    }
}
