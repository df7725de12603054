package dev.parley.presence.session;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.stream.EventLog;
import dev.parley.presence.stream.Replay;
import dev.parley.presence.stream.StallDetector;
import dev.parley.presence.stream.StreamOffset;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.update.ConversationAnnouncer;
import dev.parley.presence.update.ConversationUpdates;
import dev.parley.presence.update.PendingUpdates;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends devices that come back what they missed: on few threads, off the event loops, in small pieces, and to each only as fast
 * as it reads, so that what it missed does not make it a slow reader.
 */
@Component
final class ReplayRunner implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ReplayRunner.class);

    /** A piece is this part of what may wait for a device; the next follows when less than a piece waits. */
    private static final int PIECES_PER_BOUND = 8;

    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    /** How long it may take to ask for the conversations that are new to one device. */
    private static final Duration MAX_ANNOUNCEMENT_TIME = Duration.ofSeconds(5);

    private static final int MAX_CONCURRENT_ANNOUNCEMENTS = 8;
    private static final Duration MAX_STALL = Duration.ofSeconds(30);

    private final FanoutScope live;
    private final EventLog eventLog;
    private final ConversationAnnouncer announcer;
    private final ConversationUpdates updates;
    private final RecoveryMetrics metrics;
    private final long pieceBytes;

    private final Scheduler scheduler =
            Schedulers.newParallel("replays", Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    ReplayRunner(
            FanoutScope live,
            EventLog eventLog,
            ConversationAnnouncer announcer,
            ConversationUpdates updates,
            RecoveryMetrics metrics) {
        this.live = live;
        this.eventLog = eventLog;
        this.announcer = announcer;
        this.updates = updates;
        this.metrics = metrics;
        this.pieceBytes = live.fanout().limits().maxPending().toBytes() / PIECES_PER_BOUND;
    }

    Replay of(ConnectedDevice device, LiveSurface surface, Replay.Gap gap) {
        return new Replay(device, gap, surface.renderers(), live);
    }

    /**
     * Sends what was missed, as long as the device takes it.
     *
     * @return fails with a {@link TimeoutException} if the device takes nothing for long
     */
    Mono<Void> run(ConnectedDevice device, Replay replay) {
        StallDetector stalls = new StallDetector(MAX_STALL);
        return Flux.interval(Duration.ZERO, POLL_INTERVAL, scheduler)
                .onBackpressureDrop()
                .handle((Long tick, SynchronousSink<Long> next) -> {
                    long pending = device.pendingToReplay();
                    if (pending < pieceBytes) {
                        next.next(tick);
                    } else if (stalls.isStalled(replay.bytes() - pending)) {
                        next.error(new TimeoutException("Nothing was taken for " + MAX_STALL));
                    }
                })
                .concatMap(
                        tick -> Mono.fromSupplier(() -> replay.send(pieceBytes))
                                .subscribeOn(scheduler)
                                .delayUntil(end -> live.fanout().settled()),
                        1)
                .takeUntil(end -> end)
                .then()
                .doOnSuccess(sent -> metrics.recovered(replay.events()));
    }

    /**
     * Shows the device, after what it missed, the conversations that are new, and how others are now.
     *
     * @param changed those of which it is not known whether their last change was shown
     * @param opened those of which it is not known whether it was shown that they are new
     */
    void showConversations(ConnectedDevice device, Replay replay, Set<String> changed, Set<String> opened) {
        ConnectedUser user = device.user();
        Set<String> all = new HashSet<>(opened);
        all.addAll(replay.changes().opened());
        Set<String> others = new HashSet<>(changed);
        others.addAll(replay.changes().changed());
        others.removeAll(all);
        others.forEach(id -> updates.changed(user.tenantId(), id, user.id()));
        Flux.fromIterable(all)
                .flatMap(id -> showOpened(replay.scope(), user, id), MAX_CONCURRENT_ANNOUNCEMENTS)
                .subscribe(nothing -> {}, failure -> log.warn("{} is not shown what is new", device, failure));
    }

    /** To this device alone; if that fails, later to all devices of its user. */
    private Mono<Void> showOpened(FanoutScope scope, ConnectedUser user, String conversationId) {
        PendingUpdates now = new PendingUpdates(user.tenantId());
        now.openedFor(user.id(), 0);
        PendingUpdates later = new PendingUpdates(user.tenantId());
        StreamOffset before = eventLog.standingStill(EventLog.View::now);
        return announcer
                .announce(scope, conversationId, now, later)
                .timeout(MAX_ANNOUNCEMENT_TIME)
                .then(Mono.fromSupplier(later::isEmpty))
                .onErrorResume(failure -> {
                    log.warn("{} is shown {} later: {}", user, conversationId, failure.toString());
                    return Mono.just(false);
                })
                .doOnNext(shown -> {
                    if (shown && hasChanged(before, user, conversationId)) {
                        // The change may have been shown before the answer, which is older.
                        updates.changed(user.tenantId(), conversationId, user.id());
                    } else if (!shown) {
                        updates.opened(user.tenantId(), conversationId, List.of(user.id()));
                    }
                })
                .then();
    }

    private boolean hasChanged(StreamOffset since, ConnectedUser user, String conversationId) {
        return !eventLog.standingStill(view -> view.after(since, user.key(), List.of(conversationId)))
                .isEmpty();
    }

    @Override
    public void destroy() {
        scheduler.dispose();
    }
}
