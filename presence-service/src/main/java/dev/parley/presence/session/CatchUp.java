package dev.parley.presence.session;

import dev.parley.presence.delivery.DeliveryTracker;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.session.SessionRecovery.Recoverable;
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

    /**
     * For how long before a device disconnected it is unknown whether its node completed what followed from an event: whether a
     * changed conversation was shown, whether a delivery was reported.
     */
    private static final Duration UNCERTAIN = Duration.ofSeconds(10);

    private final ReplayRunner replays;
    private final DeliveryTracker deliveries;
    private final MissedConversations conversations;
    private final Greeter greeter;

    CatchUp(ReplayRunner replays, DeliveryTracker deliveries, MissedConversations conversations, Greeter greeter) {
        this.replays = replays;
        this.deliveries = deliveries;
        this.conversations = conversations;
        this.greeter = greeter;
    }

    /** From when on what followed from the events before a stream offset must be done again. */
    static Instant uncertainSince(StreamOffset from) {
        return from.time().minus(UNCERTAIN);
    }

    /** Completes when the device was sent all that it missed, or is gone. */
    Mono<Void> send(ConnectedDevice device, LiveSurface surface, Recoverable recovery, SessionEntry entry) {
        List<RecentEvent> missed = entry.missed();
        if (missed == null) {
            greeter.greet(device, surface, entry.at(), ResyncReason.GONE_TOO_LONG);
            return Mono.empty();
        }
        entry.received().forEach(message -> deliveries.alreadyReceived(message, device.user()));
        Replay replay = replays.of(
                device,
                surface,
                new Replay.Gap(
                        recovery.from(), missed, entry.conversations(), entry.fromSeqs(), recovery.leftFromSeqs()));
        return replays.run(device, replay)
                .doOnSuccess(sent -> {
                    greeter.greet(device, surface, entry.at(), null);
                    conversations.show(device, replay, entry, uncertainSince(recovery.from()));
                })
                .onErrorResume(TimeoutException.class, stalled -> {
                    device.close(CloseReason.SLOW_READER);
                    return Mono.empty();
                })
                .onErrorResume(failure -> {
                    log.warn("Could not send {} what it missed, it must reload", device, failure);
                    greeter.greet(device, surface, entry.at(), ResyncReason.FAILED);
                    return Mono.empty();
                });
    }
}
