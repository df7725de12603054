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
 * The users of this node and their status. A user is online here from the first device until the last device has been gone
 * for the grace period: a user who reconnects within it was never offline. Every change is published to all nodes, also of
 * which conversations are open on the user's devices.
 */
@Component
public final class LocalPresence {

    /** How many users are published at a time. */
    private static final int PUBLISH_BATCH = 100;

    private static final long OPEN_DELAY_MILLIS = 100;

    private final MemberRooms rooms;
    private final LastSeenStore lastSeen;
    private final PresencePublisher publisher;
    private final Duration grace;
    private final long awayNanos;
    private final Map<UserKey, UserDevices> users = new ConcurrentHashMap<>();

    LocalPresence(MemberRooms rooms, LastSeenStore lastSeen, PresencePublisher publisher, PresenceSettings settings) {
        this.rooms = rooms;
        this.lastSeen = lastSeen;
        this.publisher = publisher;
        this.grace = settings.offlineGrace();
        this.awayNanos = settings.awayAfter().isZero()
                ? Long.MAX_VALUE
                : settings.awayAfter().toNanos();
    }

    /**
     * A device connected. It listens to its user's conversations from now on.
     *
     * @param fromSeqs the user's conversations as conversation-service answered, with the first visible {@code seq} of each
     */
    public void connected(Device device, Map<String, Long> fromSeqs) {
        users.compute(device.user().key(), (key, known) -> {
            UserDevices devices = known == null ? new UserDevices(new LocalUser(device.user())) : known;
            if (known == null) {
                rooms.userConnected(devices.user());
            }
            rooms.listenToAll(device, devices.user(), fromSeqs);
            devices.connected(device);
            if (devices.changeStatus(Status.ONLINE) || known == null) {
                publish(devices);
            }
            return devices;
        });
    }

    /** The user of a device did something with it. */
    public void used(Device device) {
        UserKey user = device.user().key();
        UserDevices devices = users.get(user);
        if (devices != null) {
            boolean wasAway = devices.used(device) >= awayNanos;
            if (devices.status() == Status.AWAY) {
                setStatus(user, Status.ONLINE);
            }
            if (wasAway && !devices.open().isEmpty()) {
                publishOpen(user);
            }
        }
    }

    /** A conversation is open on a device from now on. */
    public void opened(Device device, String conversationId) {
        users.computeIfPresent(device.user().key(), (key, devices) -> {
            if (devices.has(device)) {
                devices.open().open(device, conversationId);
                publishOpenSoon(key, devices);
            }
            return devices;
        });
    }

    /** A conversation is not open on a device any more. */
    public void closed(Device device, String conversationId) {
        users.computeIfPresent(device.user().key(), (key, devices) -> {
            devices.open().close(device, conversationId);
            publishOpenSoon(key, devices);
            return devices;
        });
    }

    /** Changes of what is open are gathered for a moment, so that a client which opens many at once costs one event. */
    private void publishOpenSoon(UserKey key, UserDevices devices) {
        if (!devices.open().isPublished(devices.openConversations(awayNanos))
                && devices.open().makePublicationDue()) {
            Schedulers.parallel().schedule(() -> publishOpen(key), OPEN_DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void publishOpen(UserKey user) {
        users.computeIfPresent(user, (key, devices) -> {
            devices.open().publicationIsNotDue();
            if (!devices.open().isPublished(devices.openConversations(awayNanos))) {
                publish(devices);
            }
            return devices;
        });
    }

    /** Users become away if no device of theirs was used for this long. */
    void markIdleAway(Duration idle) {
        users.forEach((key, devices) -> {
            if (devices.status() == Status.ONLINE && devices.isIdle(idle.toNanos())) {
                setStatus(key, Status.AWAY);
                // A device may have been used between the check and the change.
                if (!devices.isIdle(idle.toNanos())) {
                    setStatus(key, Status.ONLINE);
                }
            }
            if (!devices.open().isEmpty()) {
                publishOpen(key);
            }
        });
    }

    /** Records that all users with a device at this node are seen now. */
    void recordAllSeen() {
        Instant now = UserDevices.now();
        users.values().stream().filter(UserDevices::hasDevices).forEach(devices -> {
            lastSeen.seen(devices.user().user().key(), now);
        });
    }

    private void setStatus(UserKey key, Status status) {
        users.computeIfPresent(key, (same, devices) -> {
            if (devices.changeStatus(status)) {
                publish(devices);
            }
            return devices;
        });
    }

    /** A device that was connected is gone. */
    public void disconnected(Device device) {
        ConnectedUser user = device.user();
        users.computeIfPresent(user.key(), (key, devices) -> {
            boolean wasLast = devices.disconnected(device);
            publishOpenSoon(key, devices);
            if (wasLast) {
                int disconnection = devices.disconnections();
                Instant now = UserDevices.now();
                lastSeen.seen(user.key(), now);
                Schedulers.parallel()
                        .schedule(() -> goOffline(user, disconnection, now), grace.toMillis(), TimeUnit.MILLISECONDS);
            }
            return devices;
        });
    }

    private void goOffline(ConnectedUser user, int disconnection, Instant lastSeenAt) {
        users.computeIfPresent(user.key(), (key, devices) -> {
            if (!devices.isDisconnectedSince(disconnection)) {
                return devices;
            }
            rooms.userGone(devices.user());
            publisher.offline(devices.user().user(), lastSeenAt, () -> retryOffline(user, lastSeenAt));
            return null;
        });
    }

    /** Other nodes consider a user online until they are told otherwise, or until this node is gone. */
    private void retryOffline(ConnectedUser user, Instant lastSeenAt) {
        users.compute(user.key(), (key, devices) -> {
            if (devices == null) {
                publisher.offline(user, lastSeenAt, () -> retryOffline(user, lastSeenAt));
            }
            return devices;
        });
    }

    /** Publishes the status of every user again, in batches. Completes when all is published. */
    public Mono<Void> publishAll() {
        return Flux.fromIterable(users.keySet())
                .buffer(PUBLISH_BATCH)
                .concatMap(some -> Mono.when(some.stream()
                        .map(this::publishAgain)
                        // The publisher tries again later if this fails.
                        .map(published -> Mono.fromFuture(published).onErrorComplete())
                        .toList()))
                .then();
    }

    /** Publishes the status of a user again, with the user's conversations, if the user is online here. */
    public CompletableFuture<Void> publishAgain(UserKey key) {
        List<CompletableFuture<Void>> published = new ArrayList<>(1);
        users.computeIfPresent(key, (same, devices) -> {
            published.add(publish(devices));
            return devices;
        });
        return published.isEmpty() ? CompletableFuture.completedFuture(null) : published.get(0);
    }

    /** Called within the atomic update of the user's entry, so that events are published in the order of the changes. */
    private CompletableFuture<Void> publish(UserDevices devices) {
        ConnectedUser user = devices.user().user();
        Set<String> open = devices.openConversations(awayNanos);
        devices.open().published(open);
        return publisher.online(
                user,
                devices.status(),
                devices.since(),
                rooms.conversationsOf(devices.user()),
                open,
                () -> publishAgain(user.key()));
    }

    /** Whether a user is online at this node. */
    public boolean isOnline(UserKey user) {
        return users.containsKey(user);
    }

    /** The conversations of a user who is online at this node. */
    public Set<String> conversationsOf(UserKey user) {
        UserDevices devices = users.get(user);
        return devices == null ? Set.of() : rooms.conversationsOf(devices.user());
    }

    /** How many users are online at this node. */
    public int count() {
        return users.size();
    }
}
