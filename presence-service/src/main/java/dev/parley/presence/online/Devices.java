package dev.parley.presence.online;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.live.Present;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.user.ConnectedUser;
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
 * The devices of each user on this node. A user is here from the first device until the last one has been gone for a while:
 * whoever comes back within the grace was never away. All nodes are told.
 */
@Component
public final class Devices {

    /** Users whom the others are told of again at a time. */
    private static final int TOLD_AT_ONCE = 100;

    private final MemberRooms rooms;
    private final LastSeen lastSeen;
    private final Announcements announcements;
    private final Duration grace;
    private final Map<String, Here> users = new ConcurrentHashMap<>();

    Devices(MemberRooms rooms, LastSeen lastSeen, Announcements announcements, PresenceSettings settings) {
        this.rooms = rooms;
        this.lastSeen = lastSeen;
        this.announcements = announcements;
        this.grace = settings.offlineGrace();
    }

    /** A device came, and listens to its user's conversations from now on. */
    public void came(ConnectedUser user, Recipient device) {
        users.compute(key(user), (key, known) -> {
            Here here = known == null ? new Here(new Present(user)) : known;
            if (known == null) {
                rooms.appear(here.present());
            }
            rooms.arrive(device, here.present(), user.takeConversations());
            here.came(device);
            if (here.become(Status.ONLINE) || known == null) {
                tell(here);
            }
            return here;
        });
    }

    /** The user of a device that came did something. */
    public void used(ConnectedUser user, Recipient device) {
        Here here = users.get(key(user));
        if (here != null) {
            here.used(device);
            if (here.status() == Status.AWAY) {
                become(key(user), Status.ONLINE);
            }
        }
    }

    /** Those none of whose devices was used for so long turn away. */
    void turnAway(Duration idle) {
        users.forEach((key, here) -> {
            if (here.status() == Status.ONLINE && here.isIdle(idle.toNanos())) {
                become(key, Status.AWAY);
                // Used between the question and the change.
                if (!here.isIdle(idle.toNanos())) {
                    become(key, Status.ONLINE);
                }
            }
        });
    }

    /** All who have a device here are seen now. */
    void noteSeen() {
        Instant now = Here.now();
        users.values().stream().filter(Here::hasDevices).forEach(here -> {
            ConnectedUser user = here.present().owner();
            lastSeen.note(user.tenantId(), user.id(), now);
        });
    }

    private void become(String key, Status status) {
        users.computeIfPresent(key, (same, here) -> {
            if (here.become(status)) {
                tell(here);
            }
            return here;
        });
    }

    /** A device that came is gone. */
    public void went(ConnectedUser user, Recipient device) {
        users.computeIfPresent(key(user), (key, here) -> {
            if (here.went(device)) {
                int departure = here.departures();
                Instant now = Here.now();
                lastSeen.note(user.tenantId(), user.id(), now);
                Schedulers.parallel()
                        .schedule(() -> end(user, departure, now), grace.toMillis(), TimeUnit.MILLISECONDS);
            }
            return here;
        });
    }

    private void end(ConnectedUser user, int departure, Instant lastSeenAt) {
        users.computeIfPresent(key(user), (key, here) -> {
            if (!here.isGone(departure)) {
                return here;
            }
            rooms.disappear(here.present());
            announcements.offline(here.present().owner(), lastSeenAt, () -> retryOffline(user, lastSeenAt));
            return null;
        });
    }

    /** All others take a user for online whom they were not told of, until this node is gone. */
    private void retryOffline(ConnectedUser user, Instant lastSeenAt) {
        users.compute(key(user), (key, here) -> {
            if (here == null) {
                announcements.offline(user, lastSeenAt, () -> retryOffline(user, lastSeenAt));
            }
            return here;
        });
    }

    /** Tells the other nodes of everybody again, some at a time. Completes when it was told. */
    public Mono<Void> tellAll() {
        return Flux.fromIterable(users.keySet())
                .buffer(TOLD_AT_ONCE)
                .concatMap(some -> Mono.when(some.stream()
                        .map(this::tellAgain)
                        // Announcements has it told later.
                        .map(told -> Mono.fromFuture(told).onErrorComplete())
                        .toList()))
                .then();
    }

    private CompletableFuture<Void> tellAgain(String key) {
        List<CompletableFuture<Void>> told = new ArrayList<>(1);
        users.computeIfPresent(key, (same, here) -> {
            told.add(tell(here));
            return here;
        });
        return told.isEmpty() ? CompletableFuture.completedFuture(null) : told.get(0);
    }

    /** Within the atomic update of the user's entry, so that events leave in the order of what they tell. */
    private CompletableFuture<Void> tell(Here here) {
        ConnectedUser user = here.present().owner();
        return announcements.there(
                user, here.status(), here.since(), rooms.conversationsOf(here.present()), () -> tellAgain(key(user)));
    }

    /** Whether a user is online here. */
    public boolean isOnline(String tenantId, String userId) {
        return users.containsKey(RoomNames.ofUser(tenantId, userId));
    }

    /** The conversations of a user who is online here. */
    public Set<String> conversationsOf(String tenantId, String userId) {
        Here here = users.get(RoomNames.ofUser(tenantId, userId));
        return here == null ? Set.of() : rooms.conversationsOf(here.present());
    }

    /** How many users are online here. */
    public int count() {
        return users.size();
    }

    private static String key(ConnectedUser user) {
        return RoomNames.ofUser(user.tenantId(), user.id());
    }
}
