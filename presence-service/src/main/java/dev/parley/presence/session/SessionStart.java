package dev.parley.presence.session;

import dev.parley.events.MessageSnapshot;
import dev.parley.presence.delivery.DeliveryTracker;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.session.SessionRecovery.Recoverable;
import dev.parley.presence.session.SessionRecovery.Unrecoverable;
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
 * The first that a device is sent. It enters its rooms between two events; all that it missed until then is sent before
 * everything after.
 */
@Component
final class SessionStart {

    private static final Logger log = LoggerFactory.getLogger(SessionStart.class);

    /**
     * How long before a device disconnected something may have happened whose consequence was not seen to at its node: a change
     * of a conversation shown, a delivery reported.
     */
    private static final Duration UNSETTLED = Duration.ofSeconds(10);

    /**
     * What is known at the moment when a device enters its rooms.
     *
     * @param opened the conversations that came into its list not long before it went, or since
     * @param missed null if not all of it is known
     * @param held the newest messages that the device had when it went
     */
    private record Entrance(
            StreamOffset at,
            Set<String> conversations,
            Set<String> opened,
            @Nullable List<RecentEvent> missed,
            List<MessageSnapshot> held) {}

    private final EventLog eventLog;
    private final ConnectedDevices devices;
    private final ReplayRunner replays;
    private final DeliveryTracker deliveries;
    private final Greeter greeter;

    SessionStart(
            EventLog eventLog,
            ConnectedDevices devices,
            ReplayRunner replays,
            DeliveryTracker deliveries,
            Greeter greeter) {
        this.eventLog = eventLog;
        this.devices = devices;
        this.replays = replays;
        this.deliveries = deliveries;
        this.greeter = greeter;
    }

    /** Enters at once; completes when the device was sent all that it missed, or is gone. */
    Mono<Void> start(Session session, ConnectedDevice device, LiveSurface surface) {
        Map<String, Long> fromSeqs = session.takeFromSeqs();
        SessionRecovery recovery = session.recovery();
        device.hold();
        Entrance entrance = eventLog.standingStill(view -> enter(device, fromSeqs, recovery, view));
        if (recovery instanceof Recoverable recoverable) {
            return replay(device, surface, recoverable, entrance, fromSeqs);
        }
        ResyncReason resync = recovery instanceof Unrecoverable lost ? lost.reason() : null;
        greeter.greet(device, surface, entrance.at(), resync);
        return Mono.empty();
    }

    private Mono<Void> replay(
            ConnectedDevice device,
            LiveSurface surface,
            Recoverable recoverable,
            Entrance entrance,
            Map<String, Long> fromSeqs) {
        List<RecentEvent> missed = entrance.missed();
        if (missed == null) {
            greeter.greet(device, surface, entrance.at(), ResyncReason.GONE_TOO_LONG);
            return Mono.empty();
        }
        entrance.held().forEach(message -> deliveries.held(message, device.user()));
        Replay replay = replays.of(
                device,
                surface,
                new Replay.Gap(
                        recoverable.from(), missed, entrance.conversations(), fromSeqs, recoverable.leftFromSeqs()));
        return replays.run(device, replay)
                .doOnSuccess(sent -> {
                    greeter.greet(device, surface, entrance.at(), null);
                    replays.showConversations(device, replay, changed(recoverable, entrance), entrance.opened());
                })
                .onErrorResume(TimeoutException.class, stalled -> {
                    device.close(CloseReason.SLOW_READER);
                    return Mono.empty();
                })
                .onErrorResume(failure -> {
                    log.warn("{} is not sent what it missed", device, failure);
                    greeter.greet(device, surface, entrance.at(), ResyncReason.FAILED);
                    return Mono.empty();
                });
    }

    private Entrance enter(
            ConnectedDevice device, Map<String, Long> fromSeqs, SessionRecovery recovery, EventLog.View view) {
        Set<String> conversations = devices.connected(device, fromSeqs);
        if (recovery instanceof Recoverable recoverable && view.reachesBackTo(recoverable.from())) {
            StreamOffset from = recoverable.from();
            return new Entrance(
                    view.now(),
                    conversations,
                    view.openedSince(from, device.user().key()).stream()
                            .filter(conversations::contains)
                            .collect(Collectors.toSet()),
                    view.after(from, device.user().key(), conversations),
                    view.held(from, from.time().minus(UNSETTLED), conversations));
        }
        return new Entrance(view.now(), conversations, Set.of(), null, List.of());
    }

    private Set<String> changed(Recoverable recoverable, Entrance entrance) {
        Instant since = recoverable.from().time().minus(UNSETTLED);
        return eventLog.standingStill(view -> view.changedSince(since, entrance.conversations()));
    }
}
