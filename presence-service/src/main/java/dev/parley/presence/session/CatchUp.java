package dev.parley.presence.session;

import dev.parley.presence.delivery.DeliveryTracker;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.session.SessionRecovery.Recoverable;
import dev.parley.presence.stream.EventLog;
import dev.parley.presence.stream.RecentEvent;
import dev.parley.presence.stream.Replay;
import dev.parley.presence.stream.StreamOffset;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.surface.ResyncReason;
import dev.parley.presence.transport.CloseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sends a device that reconnects what it missed, and then lets new events through. */
@Component
final class CatchUp {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    /** For how long before a device disconnected it is unknown whether its node had shown a conversation or a name that changed. */
    private static final Duration UNCERTAIN = Duration.ofSeconds(10);

    private final ReplayRunner replays;
    private final DeliveryTracker deliveries;
    private final MissedConversations conversations;
    private final Greeter greeter;
    private final EventLog eventLog;

    CatchUp(
            ReplayRunner replays,
            DeliveryTracker deliveries,
            MissedConversations conversations,
            Greeter greeter,
            EventLog eventLog) {
        this.eventLog = eventLog;
        this.replays = replays;
        this.deliveries = deliveries;
        this.conversations = conversations;
        this.greeter = greeter;
    }

    /** From when on what changed before a stream offset must be shown again. */
    private static Instant uncertainSince(StreamOffset from) {
        return from.time().minus(UNCERTAIN);
    }

    /** Completes when the device was sent all that it missed, or is gone. */
    Mono<Void> send(ConnectedDevice device, LiveSurface surface, Recoverable recovery, SessionEntry entry) {
        List<RecentEvent> missed = entry.missed();
        if (missed == null) {
            return mustReload(device, surface, ResyncReason.GONE_TOO_LONG);
        }
        entry.received().forEach(message -> deliveries.alreadyReceived(message, device.user()));
        Replay replay =
                replays.of(device, surface, new Replay.Gap(recovery.from(), entry.fromSeqs(), recovery.leftFromSeqs()));
        replay.add(missed, entry.conversations(), entry.at());
        return conversations
                .showNew(device, replay, entry.opened())
                .flatMap(shown -> greeter.onlineUsers(device)
                        .flatMap(online -> replays.run(
                                device, replay, () -> release(device, surface, replay, online, recovery.from())))
                        .doOnSuccess(sent -> conversations.showChanged(
                                device, replay, entry, shown, uncertainSince(recovery.from()))))
                .onErrorResume(TimeoutException.class, stalled -> {
                    device.close(CloseReason.SLOW_READER);
                    return Mono.empty();
                })
                .onErrorResume(failure -> {
                    log.warn("Could not send {} what it missed, it must reload", device, failure);
                    return mustReload(device, surface, ResyncReason.FAILED);
                });
    }

    /** Lets new events through between two events, so that the replay ends where they begin. */
    private boolean release(
            ConnectedDevice device, LiveSurface surface, Replay replay, List<String> online, StreamOffset from) {
        return eventLog.betweenEvents(view -> {
            boolean caughtUp = replay.catchUp(view);
            if (caughtUp) {
                greeter.showProfiles(device, surface, replay.scope(), replay.conversations(), uncertainSince(from));
                greeter.greet(device, surface, view.now(), online, null);
            }
            return caughtUp;
        });
    }

    private Mono<Void> mustReload(ConnectedDevice device, LiveSurface surface, ResyncReason reason) {
        return greeter.onlineUsers(device)
                .doOnNext(online -> eventLog.betweenEvents(view -> {
                    greeter.greet(device, surface, view.now(), online, reason);
                    return view.now();
                }))
                .then();
    }
}
