package dev.parley.presence.online;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.Device;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.LocalUser;
import dev.parley.presence.membership.MemberRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The users of this node and their status. A user is online here from the first device until the last device has been gone for
 * a grace: whoever comes back within the grace was never offline. Every change is published to all nodes.
 */
@Component
public final class LocalPresence {

    /** How many users are published again at a time. */
    private static final int PUBLISHED_AT_ONCE = 100;

    private final MemberRooms rooms;
    private final LastSeenStore lastSeen;
    private final PresencePublisher publisher;
    private final Duration grace;
    private final Map<UserKey, UserDevices> users = new ConcurrentHashMap<>();

    LocalPresence(MemberRooms rooms, LastSeenStore lastSeen, PresencePublisher publisher, PresenceSettings settings) {
        this.rooms = rooms;
        this.lastSeen = lastSeen;
        this.publisher = publisher;
        this.grace = settings.offlineGrace();
    }

    /**
     * A device connected. It listens to its user's conversations from now on.
     *
     * @param fromSeqs the user's conversations as conversation-service answered, with the first visible {@code seq} of each
     */
    public void connected(Device device, Map<String, Long> fromSeqs) {
        users.compute(device.user().key(), (key, known) -> {
            UserDevices here = known == null ? new UserDevices(new LocalUser(device.user())) : known;
            if (known == null) {
                rooms.userCame(here.user());
            }
            rooms.listenToAll(device, here.user(), fromSeqs);
            here.connected(device);
            if (here.become(Status.ONLINE) || known == null) {
                publish(here);
            }
            return here;
        });
    }

    /** The user of a device did something. */
    public void used(Device device) {
        UserKey user = device.user().key();
        UserDevices here = users.get(user);
        if (here != null) {
            here.used(device);
            if (here.status() == Status.AWAY) {
                become(user, Status.ONLINE);
            }
        }
    }

    /** Users none of whose devices was used for so long become away. */
    void markIdleAway(Duration idle) {
        users.forEach((key, here) -> {
            if (here.status() == Status.ONLINE && here.isIdle(idle.toNanos())) {
                become(key, Status.AWAY);
                // It was used between the question and the change.
                if (!here.isIdle(idle.toNanos())) {
                    become(key, Status.ONLINE);
                }
            }
        });
    }

    /** Everybody who has a device here is seen now. */
    void noteSeen() {
        Instant now = UserDevices.now();
        users.values().stream().filter(UserDevices::hasDevices).forEach(here -> {
            lastSeen.note(here.user().user().key(), now);
        });
    }

    private void become(UserKey key, Status status) {
        users.computeIfPresent(key, (same, here) -> {
            if (here.become(status)) {
                publish(here);
            }
            return here;
        });
    }

    /** A device that was connected is gone. */
    public void disconnected(Device device) {
        ConnectedUser user = device.user();
        users.computeIfPresent(user.key(), (key, here) -> {
            if (here.disconnected(device)) {
                int departure = here.departures();
                Instant now = UserDevices.now();
                lastSeen.note(user.key(), now);
                Schedulers.parallel()
                        .schedule(() -> end(user, departure, now), grace.toMillis(), TimeUnit.MILLISECONDS);
            }
            return here;
        });
    }

    private void end(ConnectedUser user, int departure, Instant lastSeenAt) {
        users.computeIfPresent(user.key(), (key, here) -> {
            if (!here.isGone(departure)) {
                return here;
            }
            rooms.userWent(here.user());
            publisher.offline(here.user().user(), lastSeenAt, () -> retryOffline(user, lastSeenAt));
            return null;
        });
    }

    /** The other nodes take a user for online until they are told, or until this node is gone. */
    private void retryOffline(ConnectedUser user, Instant lastSeenAt) {
        users.compute(user.key(), (key, here) -> {
            if (here == null) {
                publisher.offline(user, lastSeenAt, () -> retryOffline(user, lastSeenAt));
            }
            return here;
        });
    }

    /** Publishes the status of every user again, some at a time. Completes when all is published. */
    public Mono<Void> publishAll() {
        return Flux.fromIterable(users.keySet())
                .buffer(PUBLISHED_AT_ONCE)
                .concatMap(some -> Mono.when(some.stream()
                        .map(this::publishAgain)
                        // Where that fails, the publisher tries again later.
                        .map(published -> Mono.fromFuture(published).onErrorComplete())
                        .toList()))
                .then();
    }

    private CompletableFuture<Void> publishAgain(UserKey key) {
        List<CompletableFuture<Void>> published = new ArrayList<>(1);
        users.computeIfPresent(key, (same, here) -> {
            published.add(publish(here));
            return here;
        });
        return published.isEmpty() ? CompletableFuture.completedFuture(null) : published.get(0);
    }

    /** Called within the atomic update of the user's entry, so that events leave in the order of the changes. */
    private CompletableFuture<Void> publish(UserDevices here) {
        ConnectedUser user = here.user().user();
        return publisher.online(
                user, here.status(), here.since(), rooms.conversationsOf(here.user()), () -> publishAgain(user.key()));
    }

    /** Whether a user is online here. */
    public boolean isOnline(UserKey user) {
        return users.containsKey(user);
    }

    /** The conversations of a user who is online here. */
    public Set<String> conversationsOf(UserKey user) {
        UserDevices here = users.get(user);
        return here == null ? Set.of() : rooms.conversationsOf(here.user());
    }

    /** How many users are online here. */
    public int count() {
        return users.size();
    }
}
