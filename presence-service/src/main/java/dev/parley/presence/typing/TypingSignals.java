package dev.parley.presence.typing;

import dev.parley.events.TypingChanged;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.security.CallerProfiles;
import dev.parley.presence.PresenceError;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.MemberRooms;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Publishes to all nodes where the users of this node are typing, over Kafka without an outbox: such a signal may be lost.
 * A signal that is repeated within a short interval is not published again, and a device that disconnects has stopped
 * typing.
 */
@Component
public final class TypingSignals {

    private final EventPublisher publisher;
    private final EventCodec events;
    private final CallerProfiles profiles;
    private final MemberRooms members;
    private final Duration interval;
    private final int maxPerDevice;

    /** @param since when the typing was last published; nano time */
    private record Signal(long since, boolean typing) {}

    /** The last signal of each device, by conversation. */
    private final Map<Device, Map<String, Signal>> last = new ConcurrentHashMap<>();

    TypingSignals(
            EventPublisher publisher,
            EventCodec events,
            CallerProfiles profiles,
            MemberRooms members,
            PresenceSettings settings) {
        this.members = members;
        this.profiles = profiles;
        this.publisher = publisher;
        this.events = events;
        this.interval = settings.typingInterval();
        this.maxPerDevice = settings.typing().maxConversationsPerDevice();
    }

    /**
     * A device reports whether its user is typing in a conversation. Fails if the device does not listen to it.
     *
     * @return completes when the signal, if it is a new one, is being published
     */
    public Mono<Void> changed(Device device, String conversationId, boolean typing) {
        if (!members.isListening(device, conversationId)) {
            return Mono.error(() -> ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation"));
        }
        return isNewSignal(device, conversationId, typing) ? publish(device, conversationId, typing) : Mono.empty();
    }

    private boolean isNewSignal(Device device, String conversationId, boolean typing) {
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
        signals.values().removeIf(signal -> !signal.typing() && isPast(signal, now));
        if (before == null ? signals.size() >= maxPerDevice : !isPast(before, now)) {
            return false;
        }
        signals.put(conversationId, new Signal(now, true));
        return true;
    }

    private boolean isPast(Signal signal, long now) {
        return now - signal.since() >= interval.toNanos();
    }

    /** A device is gone: it has stopped typing everywhere. */
    public void disconnected(Device device) {
        Map<String, Signal> signals = last.remove(device);
        if (signals != null) {
            signals.forEach((conversationId, signal) -> {
                if (signal.typing()) {
                    publish(device, conversationId, false).subscribe();
                }
            });
        }
    }

    /** The start of typing is not published if the device is gone by then. */
    private Mono<Void> publish(Device device, String conversationId, boolean typing) {
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
