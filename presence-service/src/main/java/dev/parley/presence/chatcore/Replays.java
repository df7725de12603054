package dev.parley.presence.chatcore;

import dev.parley.presence.delivery.Deliveries;
import dev.parley.presence.recovery.Arrival.Returned;
import dev.parley.presence.recovery.RecentEvent;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.user.ConnectedUser;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Tells clients that come back what they missed: a few at a time, off the event loops, and each only as fast as it reads, so
 * that what it missed does not make it a slow reader.
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

    private final Deliveries deliveries;
    private final ConversationViews views;
    private final Fanout fanout;

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
            ObjectProvider<ConversationUpdates> updates) {
        this.deliveries = deliveries;
        this.views = views;
        this.fanout = fanout;
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
     * Tells what was missed, then of the conversations that are new, and has it told how others are now.
     *
     * @param changed those of which it is not known whether their last change was told
     */
    Mono<Void> run(Socket socket, Replay replay, Set<String> changed) {
        return Flux.interval(Duration.ZERO, PAUSE, scheduler)
                .onBackpressureDrop()
                .filter(tick -> socket.pendingToReplay() < slice)
                .concatMap(
                        tick -> Mono.fromSupplier(() -> replay.tell(slice))
                                .subscribeOn(scheduler)
                                .delayUntil(end -> fanout.settled()),
                        1)
                .takeUntil(end -> end)
                .then(Mono.defer(() -> news(socket, replay, changed)));
    }

    private Mono<Void> news(Socket socket, Replay replay, Set<String> changed) {
        ConnectedUser user = socket.principal(ConnectedUser.class);
        ConversationNews news = replay.news(views);
        Set<String> others = new HashSet<>(changed);
        others.addAll(replay.changes().changed());
        others.removeAll(replay.changes().opened());
        others.forEach(id -> updates.getObject().conversationChanged(user.tenantId(), id, user.id()));
        return Flux.fromIterable(replay.changes().opened())
                .flatMap(id -> opened(news, user, id), MAX_NEWS_AT_ONCE)
                .then();
    }

    /** To this client alone; where that fails, to all the user's devices when it succeeds. */
    private Mono<Void> opened(ConversationNews news, ConnectedUser user, String conversationId) {
        Pending now = new Pending(user.tenantId());
        now.openedFor(user.id(), 0);
        Pending later = new Pending(user.tenantId());
        return news.tell(conversationId, now, later)
                .timeout(LONGEST_NEWS)
                .then(Mono.fromSupplier(later::isEmpty))
                .onErrorResume(failure -> {
                    log.warn("{} is told of {} later: {}", user, conversationId, failure.toString());
                    return Mono.just(false);
                })
                .doOnNext(told -> {
                    if (!told) {
                        updates.getObject().conversationOpened(user.tenantId(), conversationId, List.of(user.id()));
                    }
                })
                .then();
    }

    @Override
    public void destroy() {
        scheduler.dispose();
    }
}
