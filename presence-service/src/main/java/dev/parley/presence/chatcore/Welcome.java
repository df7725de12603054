package dev.parley.presence.chatcore;

import dev.parley.events.MessageSnapshot;
import dev.parley.presence.delivery.Deliveries;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.online.Devices;
import dev.parley.presence.online.Observers;
import dev.parley.presence.recovery.Arrival;
import dev.parley.presence.recovery.Arrival.Lost;
import dev.parley.presence.recovery.Arrival.Reason;
import dev.parley.presence.recovery.Arrival.Returned;
import dev.parley.presence.recovery.Arrivals;
import dev.parley.presence.recovery.RecentEvent;
import dev.parley.presence.recovery.RecoveryMetrics;
import dev.parley.presence.recovery.StreamOffset;
import dev.parley.presence.recovery.Timeline;
import dev.parley.presence.socketio.Event;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.user.ConnectedUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The first that a client is told. It enters its rooms between two events, and everything up to there that it missed goes
 * out before everything after.
 */
@Component
final class Welcome {

    private static final Logger log = LoggerFactory.getLogger(Welcome.class);

    /** The most that a client is told of at once. */
    private static final int MAX_ONLINE_USERS = 10_000;

    /**
     * How long before a client went something may have happened that was not seen to where it was: a change of a conversation
     * told, a delivery reported.
     */
    private static final Duration UNTOLD = Duration.ofSeconds(10);

    /**
     * Where a client entered.
     *
     * @param opened the conversations that came into its list not long before it went, or since
     * @param missed null if not all of it is known
     * @param held the newest messages that the client had when it went
     */
    private record Entrance(
            StreamOffset at,
            Set<String> conversations,
            Set<String> opened,
            @Nullable List<RecentEvent> missed,
            List<MessageSnapshot> held) {}

    private final Timeline timeline;
    private final Arrivals arrivals;
    private final Devices devices;
    private final Observers observers;
    private final Replays replays;
    private final Deliveries deliveries;
    private final RecoveryMetrics metrics;

    Welcome(
            Timeline timeline,
            Arrivals arrivals,
            Devices devices,
            Observers observers,
            Replays replays,
            Deliveries deliveries,
            RecoveryMetrics metrics) {
        this.timeline = timeline;
        this.arrivals = arrivals;
        this.devices = devices;
        this.observers = observers;
        this.replays = replays;
        this.deliveries = deliveries;
        this.metrics = metrics;
    }

    /** Enters at once; completes when the client has been told all that it missed, or is gone. */
    Mono<Void> of(Socket socket, ConnectedUser user) {
        Arrival arrival = arrivals.take(user);
        Map<String, Long> fromSeqs = user.conversations();
        socket.hold();
        Entrance entrance = timeline.standingStill(view -> enter(socket, user, arrival, view));
        if (arrival instanceof Returned returned) {
            List<RecentEvent> missed = entrance.missed();
            if (missed == null) {
                begin(socket, user, entrance, Reason.GONE_TOO_LONG);
                return Mono.empty();
            }
            entrance.held().forEach(message -> deliveries.held(message, user));
            Replay replay = replays.of(socket, returned, missed, entrance.conversations(), fromSeqs);
            return replays.run(socket, replay)
                    .doOnSuccess(told -> {
                        metrics.whole(replay.events());
                        begin(socket, user, entrance, null);
                        replays.news(socket, replay, changed(returned, entrance), entrance.opened());
                    })
                    .onErrorResume(TimeoutException.class, stalled -> {
                        socket.close(CloseReason.SLOW_READER);
                        return Mono.empty();
                    })
                    .onErrorResume(failure -> {
                        log.warn("{} is not told what it missed", user, failure);
                        begin(socket, user, entrance, Reason.FAILED);
                        return Mono.empty();
                    });
        }
        begin(socket, user, entrance, arrival instanceof Lost lost ? lost.reason() : null);
        return Mono.empty();
    }

    private Entrance enter(Socket socket, ConnectedUser user, Arrival arrival, Timeline.View view) {
        socket.join(RoomNames.ofUser(user.tenantId(), user.id()));
        socket.join(RoomNames.LISTENERS);
        devices.came(user, socket);
        Set<String> conversations = socket.joined().stream()
                .flatMap(room -> RoomNames.conversationOf(room).stream())
                .collect(Collectors.toSet());
        if (arrival instanceof Returned returned && view.reachesBackTo(returned.from())) {
            return new Entrance(
                    view.now(),
                    conversations,
                    opened(view.openedSince(returned.from(), user.tenantId(), user.id()), conversations),
                    view.after(returned.from(), user.tenantId(), user.id(), conversations),
                    view.held(returned.from(), returned.from().time().minus(UNTOLD), conversations));
        }
        return new Entrance(view.now(), conversations, Set.of(), null, List.of());
    }

    private static Set<String> opened(Set<String> opened, Set<String> conversations) {
        return opened.stream().filter(conversations::contains).collect(Collectors.toSet());
    }

    private Set<String> changed(Returned returned, Entrance entrance) {
        Instant since = returned.from().time().minus(UNTOLD);
        return timeline.standingStill(view -> view.changedSince(since, entrance.conversations()));
    }

    /** From here on the client is told what happens. It knows where it stands, to come back from there. */
    private void begin(Socket socket, ConnectedUser user, Entrance entrance, @Nullable Reason reload) {
        List<String> online = observers.seenBy(user.tenantId(), user.id()).stream()
                .limit(MAX_ONLINE_USERS)
                .toList();
        socket.replay(Event.of("online_users", Map.of("userIds", online))
                .at(entrance.at().format()));
        if (reload != null) {
            metrics.none(reload);
            socket.replay(Event.of("resync_required", Map.of("reason", reload.wireName())));
        }
        socket.release();
    }
}
