package dev.parley.presence.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.UserChanged;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * The newest change of each name and picture that was shown lately, for devices that were away. Kept as long as a device can be
 * sent what it missed. Safe for threads.
 */
@Component
public final class RecentProfiles {

    /** Of all changes together; the oldest are dropped above that. */
    private static final int MAX_CONVERSATIONS = 1_000_000;

    /** @param conversations those of the user when it was shown */
    private record Shown(UserChanged change, Instant at, Set<String> conversations) {}

    private final Cache<UserKey, Shown> newest;

    RecentProfiles(PresenceSettings settings) {
        this.newest = Caffeine.newBuilder()
                .maximumWeight(MAX_CONVERSATIONS)
                .weigher(
                        (UserKey user, Shown shown) -> 1 + shown.conversations().size())
                .expireAfterWrite(settings.recovery().lookBack())
                .build();
    }

    /** Shows a change to those who are there. A device is never shown an older change of the same user after it. */
    synchronized void show(UserChanged change, Collection<String> conversations, Runnable toThoseThere) {
        newest.put(
                new UserKey(change.tenantId(), change.userId()),
                new Shown(change, Instant.now(), Set.copyOf(conversations)));
        toThoseThere.run();
    }

    /**
     * Shows a device that was away what was shown since a time, in the same order, each user once.
     *
     * @param conversations those of the device's user
     */
    public synchronized void showSince(
            Instant time, UserKey user, Set<String> conversations, Consumer<UserChanged> toDevice) {
        newest.asMap().entrySet().stream()
                .filter(entry -> !entry.getValue().at().isBefore(time))
                .filter(entry -> entry.getKey().equals(user)
                        || entry.getKey().tenantId().equals(user.tenantId())
                                && !Collections.disjoint(entry.getValue().conversations(), conversations))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(Shown::at))
                .map(Shown::change)
                .forEach(toDevice);
    }
}
