package dev.parley.presence.typing;

import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.CallerProfiles;
import dev.parley.presence.PresenceError;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.Device;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.typing.LocalTyping.Signal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Where the users of this node are typing. A start is published at once, a repetition only after an interval, and the end as
 * soon as the last device of the user at this node has ended it, for whatever reason. Nothing is remembered of a typing that
 * has ended, so that the next start is published again.
 */
@Component
public final class TypingSignals {

    private final TypingPublisher publisher;
    private final CallerProfiles profiles;
    private final MemberRooms members;
    private final Duration interval;
    private final Duration expiry;
    private final int maxPerDevice;

    /** Of the users who are typing. Within the atomic update of an entry, so that events leave in the order of its states. */
    private final Map<UserKey, LocalTyping> typing = new ConcurrentHashMap<>();

    TypingSignals(TypingPublisher publisher, CallerProfiles profiles, MemberRooms members, PresenceSettings settings) {
        this.members = members;
        this.profiles = profiles;
        this.publisher = publisher;
        this.interval = settings.typingInterval();
        this.expiry = settings.typingExpiry();
        this.maxPerDevice = settings.typing().maxConversationsPerDevice();
    }

    /**
     * A device reports whether its user is typing in a conversation. Fails if the device does not listen to it.
     *
     * @return completes when the signal, if others must know of it, is being published
     */
    public Mono<Void> changed(Device device, String conversationId, boolean isTyping) {
        if (!members.isListening(device, conversationId)) {
            return Mono.error(() -> ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation"));
        }
        if (!isTyping) {
            return ended(device, conversationId);
        }
        long heardAt = System.nanoTime();
        return device.user()
                .profile(profiles)
                .doOnNext(profile -> start(device, conversationId, profile, heardAt))
                .then();
    }

    private void start(Device device, String conversationId, UserSummary profile, long heardAt) {
        ConnectedUser user = device.user();
        typing.compute(user.key(), (key, known) -> {
            LocalTyping before = known == null ? LocalTyping.none(user) : known;
            Signal repeated = before.of(device, conversationId).orElse(null);
            boolean isFull = repeated == null && before.count(device) >= maxPerDevice;
            // The device may be gone, or may listen no more, since the name of its user was requested.
            if (isFull || !members.isListening(device, conversationId)) {
                return known;
            }
            long publishedAt = heardAt;
            if (repeated != null && heardAt - repeated.publishedAt() < interval.toNanos()) {
                publishedAt = repeated.publishedAt();
            } else {
                publisher.publish(user, conversationId, profile, true);
            }
            return before.with(new Signal(device, conversationId, heardAt, publishedAt));
        });
    }

    /** A device is not typing in a conversation any more: it says so, has sent the message, or listens no more. */
    public Mono<Void> ended(Device device, String conversationId) {
        long now = System.nanoTime();
        return end(device.user(), signal -> signal.isOf(device, conversationId) && signal.isHeardBefore(now));
    }

    /** A device is gone: it is typing nowhere. */
    public void disconnected(Device device) {
        end(device.user(), signal -> signal.device().equals(device)).subscribe();
    }

    /** A user is not typing in a conversation any more, on no device, unless a device reported it after this nano time. */
    void ended(UserKey user, String conversationId, long since) {
        LocalTyping known = typing.get(user);
        if (known != null) {
            end(known.user(), signal -> signal.conversationId().equals(conversationId) && signal.isHeardBefore(since))
                    .subscribe();
        }
    }

    /** Ends what was not reported again in time. */
    void endExpired() {
        long oldest = System.nanoTime() - expiry.toNanos();
        typing.values().stream()
                .filter(known -> known.signals().stream().anyMatch(signal -> signal.isHeardBefore(oldest)))
                .forEach(known -> end(known.user(), signal -> signal.isHeardBefore(oldest))
                        .subscribe());
    }

    private Mono<Void> end(ConnectedUser user, Predicate<Signal> ended) {
        if (!typing.containsKey(user.key())) {
            return Mono.empty();
        }
        return user.profile(profiles)
                .doOnNext(profile -> typing.computeIfPresent(user.key(), (key, before) -> {
                    LocalTyping after = before.without(ended);
                    before.endedIn(after)
                            .forEach(conversationId -> publisher.publish(user, conversationId, profile, false));
                    return after.isEmpty() ? null : after;
                }))
                .then();
    }
}
