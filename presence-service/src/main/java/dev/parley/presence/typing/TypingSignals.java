package dev.parley.presence.typing;

import dev.parley.events.TypingChanged;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.security.CallerProfiles;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.Device;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tells all nodes where the users of this node are typing, over Kafka and past the outbox: such a signal may be lost. A
 * repetition within a short interval is not told, and a device that disconnects has stopped typing.
 */
@Component
public final class TypingSignals {

    /** Conversations that one device can be typing in at a time. */
    private static final int MAX_PER_DEVICE = 16;

    private final EventPublisher publisher;
    private final EventCodec events;
    private final CallerProfiles profiles;
    private final Duration interval;

    /** @param since when it was last told that the typing began; nano time */
    private record Signal(long since, boolean typing) {}

    /** The last signal of each device, by conversation. */
    private final Map<Device, Map<String, Signal>> last = new ConcurrentHashMap<>();

    TypingSignals(EventPublisher publisher, EventCodec events, CallerProfiles profiles, PresenceSettings settings) {
        this.profiles = profiles;
        this.publisher = publisher;
        this.events = events;
        this.interval = settings.typingInterval();
    }

    /** A device says whether its user is typing. Completes when the signal, if it is one to tell, is on its way. */
    public Mono<Void> changed(Device device, String conversationId, boolean typing) {
        return isToTell(device, conversationId, typing) ? tell(device, conversationId, typing) : Mono.empty();
    }

    private boolean isToTell(Device device, String conversationId, boolean typing) {
        Map<String, Signal> signals = last.computeIfAbsent(device, id -> new ConcurrentHashMap<>());
        Signal before = signals.get(conversationId);
        if (!typing) {
            if (before == null || !before.typing()) {
                return false;
            }
            signals.put(conversationId, new Signal(before.since(), false));
            return true;
        }
        long now = System.nanoTime();
        signals.values().removeIf(one -> !one.typing() && isPast(one, now));
        if (before == null ? signals.size() >= MAX_PER_DEVICE : !isPast(before, now)) {
            return false;
        }
        signals.put(conversationId, new Signal(now, true));
        return true;
    }

    private boolean isPast(Signal signal, long now) {
        return now - signal.since() >= interval.toNanos();
    }

    /** A device is gone: it types nowhere any more. */
    public void disconnected(Device device) {
        Map<String, Signal> signals = last.remove(device);
        if (signals != null) {
            signals.forEach((conversationId, signal) -> {
                if (signal.typing()) {
                    tell(device, conversationId, false).subscribe();
                }
            });
        }
    }

    /** That typing begins is not told if the device is gone meanwhile. */
    private Mono<Void> tell(Device device, String conversationId, boolean typing) {
        ConnectedUser user = device.user();
        return user.profile(profiles)
                .filter(known -> !typing || last.containsKey(device))
                .doOnNext(profile -> publisher
                        .publish(events.pending(
                                new TypingChanged(user.id(), user.tenantId(), conversationId, profile, typing)))
                        .subscribe(nothing -> {}, lost -> {}))
                .then();
    }
}
