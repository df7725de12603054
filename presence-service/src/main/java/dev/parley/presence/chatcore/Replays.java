package dev.parley.presence.chatcore;

import dev.parley.presence.delivery.Deliveries;
import dev.parley.presence.recovery.Arrival.Returned;
import dev.parley.presence.recovery.RecentEvent;
import dev.parley.presence.recovery.StreamOffset;
import dev.parley.presence.recovery.Timeline;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.user.ConnectedUser;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Tells clients that come back what they missed: on few threads, off the event loops, in small pieces, and each only as fast
 * as it reads, so that what it missed does not make it a slow reader.
 */
@Component
final class Replays implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Replays.class);

    /** How much of what may wait for a client is told it at a time; more follows when as little is left. */
    private static final int SLICES = 8;

    private static final Duration PAUSE = Duration.ofMillis(5);

    /** How long it may take to ask for the conversations that are new to one client. */
    private static final Duration LONGEST_NEWS = Duration.ofSeconds(5);

    private static final int MAX_NEWS_AT_ONCE = 8;

    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(30);

    private final Deliveries deliveries;
    private final ConversationViews views;
    private final Fanout fanout;
    private final Timeline timeline;

    /** In bytes. */
    private final long slice;

    /** Asked for when needed: it tells those in the namespace, whose handler needs this. */
    private final ObjectProvider<ConversationUpdates> updates;

    private final Scheduler scheduler =
            Schedulers.newParallel("replays", Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    Replays(
            Deliveries deliveries,
            ConversationViews views,
            Fanout fanout,
            Timeline timeline,
            ObjectProvider<ConversationUpdates> updates) {
        this.deliveries = deliveries;
        this.views = views;
        this.fanout = fanout;
        this.timeline = timeline;
        this.updates = updates;
        this.slice = fanout.limits().maxPending().toBytes() / SLICES;
    }

    Replay of(
            Socket socket,
            Returned returned,
            List<RecentEvent> missed,
            Set<String> conversations,
            Map<String, Long> fromSeqs) {
        return new Replay(socket, returned, missed, conversations, fromSeqs, deliveries);
    }

    /**
     * Tells what was missed, as long as the client takes it.
     *
     * @return fails with a {@link TimeoutException} if the client takes nothing for long
     */
    Mono<Void> run(Socket socket, Replay replay) {
        Progress progress = new Progress(LONGEST_STANDSTILL);
        return Flux.interval(Duration.ZERO, PAUSE, scheduler)
                .onBackpressureDrop()
                .handle((Long tick, SynchronousSink<Long> next) -> {
                    long pending = socket.pendingToReplay();
                    if (pending < slice) {
                        next.next(tick);
                    } else if (progress.isMissing(replay.bytes() - pending)) {
                        next.error(new TimeoutException("Nothing was taken for " + LONGEST_STANDSTILL));
                    }
                })
                .concatMap(
                        tick -> Mono.fromSupplier(() -> replay.tell(slice))
                                .subscribeOn(scheduler)
                                .delayUntil(end -> fanout.settled()),
                        1)
                .takeUntil(end -> end)
                .then();
    }

    /**
     * Has it told, after what was missed, of the conversations that are new, and how others are now.
     *
     * @param changed those of which it is not known whether their last change was told
     * @param opened those of which it is not known whether it was told that they are new
     */
    void news(Socket socket, Replay replay, Set<String> changed, Set<String> opened) {
        ConnectedUser user = socket.principal(ConnectedUser.class);
        ConversationNews news = replay.news(views);
        Set<String> all = new HashSet<>(opened);
        all.addAll(replay.changes().opened());
        Set<String> others = new HashSet<>(changed);
        others.addAll(replay.changes().changed());
        others.removeAll(all);
        others.forEach(id -> updates.getObject().conversationChanged(user.tenantId(), id, user.id()));
        Flux.fromIterable(all)
                .flatMap(id -> opened(news, user, id), MAX_NEWS_AT_ONCE)
                .subscribe(nothing -> {}, failure -> log.warn("{} is not told what is new", user, failure));
    }

    /** To this client alone; where that fails, to all the user's devices when it succeeds. */
    private Mono<Void> opened(ConversationNews news, ConnectedUser user, String conversationId) {
        Pending now = new Pending(user.tenantId());
        now.openedFor(user.id(), 0);
        Pending later = new Pending(user.tenantId());
        StreamOffset before = timeline.standingStill(Timeline.View::now);
        return news.tell(conversationId, now, later)
                .timeout(LONGEST_NEWS)
                .then(Mono.fromSupplier(later::isEmpty))
                .onErrorResume(failure -> {
                    log.warn("{} is told of {} later: {}", user, conversationId, failure.toString());
                    return Mono.just(false);
                })
                .doOnNext(told -> {
                    if (told && hasHappened(before, user, conversationId)) {
                        // It may have been told before the answer, which is older.
                        updates.getObject().conversationChanged(user.tenantId(), conversationId, user.id());
                    } else if (!told) {
                        updates.getObject().conversationOpened(user.tenantId(), conversationId, List.of(user.id()));
                    }
                })
                .then();
    }

    private boolean hasHappened(StreamOffset since, ConnectedUser user, String conversationId) {
        return !timeline.standingStill(view -> view.after(since, user.tenantId(), user.id(), List.of(conversationId)))
                .isEmpty();
    }

    @Override
    public void destroy() {
        scheduler.dispose();
    }
}
