package dev.parley.presence.online;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.PresenceChanged;
import dev.parley.events.PresenceChanged.Status;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.live.Present;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.user.ConnectedUser;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Schedulers;

/**
 * The devices of each user on this node. A user is online from the first device until the last one has been gone for a
 * while: whoever comes back within the grace was never away. All nodes are told over Kafka, past any outbox.
 */
@Component
public final class Devices {

    /** From the moment a user counts as gone until all have been told. */
    private static final Duration LONGEST_FAREWELL = Duration.ofMinutes(2);

    private static final long MAX_FAREWELLS = 100_000;

    /** @param departures how often the last device went: the end of an earlier grace is none of a later one */
    private record Here(Present present, int devices, int departures) {

        Here with(int otherDevices, int otherDepartures) {
            return new Here(present, otherDevices, otherDepartures);
        }
    }

    private final MemberRooms rooms;
    private final EventPublisher publisher;
    private final EventCodec events;
    private final LastSeen lastSeen;
    private final Duration grace;
    private final Map<String, Here> users = new ConcurrentHashMap<>();

    /** The conversations of users who have gone, until it was told there. */
    private final Cache<String, Set<String>> gone = Caffeine.newBuilder()
            .maximumSize(MAX_FAREWELLS)
            .expireAfterWrite(LONGEST_FAREWELL)
            .build();

    Devices(
            MemberRooms rooms,
            EventPublisher publisher,
            EventCodec events,
            LastSeen lastSeen,
            PresenceSettings settings) {
        this.rooms = rooms;
        this.publisher = publisher;
        this.events = events;
        this.lastSeen = lastSeen;
        this.grace = settings.offlineGrace();
    }

    /** A device came, and listens to its user's conversations from now on. */
    public void came(ConnectedUser user, Recipient device) {
        users.compute(key(user), (key, known) -> {
            Here here = known;
            if (here == null) {
                here = new Here(new Present(user), 0, 0);
                rooms.appear(here.present());
            }
            rooms.arrive(device, here.present(), user.takeConversations());
            if (known == null) {
                tell(user, Status.ONLINE, null);
            }
            return here.with(here.devices() + 1, here.departures());
        });
    }

    /** A device that came is gone. */
    public void went(ConnectedUser user) {
        users.computeIfPresent(key(user), (key, here) -> {
            if (here.devices() > 1) {
                return here.with(here.devices() - 1, here.departures());
            }
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            int departure = here.departures() + 1;
            lastSeen.note(user.tenantId(), user.id(), now);
            Schedulers.parallel().schedule(() -> end(user, departure, now), grace.toMillis(), TimeUnit.MILLISECONDS);
            return here.with(0, departure);
        });
    }

    private void end(ConnectedUser user, int departure, Instant lastSeenAt) {
        users.computeIfPresent(key(user), (key, here) -> {
            if (here.devices() > 0 || here.departures() != departure) {
                return here;
            }
            gone.put(key, rooms.disappear(here.present()));
            tell(user, Status.OFFLINE, lastSeenAt);
            return null;
        });
    }

    /** Whether a user is online here. */
    public boolean isOnline(String tenantId, String userId) {
        return users.containsKey(RoomNames.ofUser(tenantId, userId));
    }

    /** The conversations of a user who is online here, or has just gone. */
    public Set<String> conversationsOf(String tenantId, String userId) {
        String key = RoomNames.ofUser(tenantId, userId);
        Here here = users.get(key);
        if (here != null) {
            return rooms.conversationsOf(here.present());
        }
        Set<String> last = gone.getIfPresent(key);
        return last == null ? Set.of() : last;
    }

    /** Within the atomic update of the user's entry, so that events leave in the order of what they tell. */
    private void tell(ConnectedUser user, Status status, @Nullable Instant lastSeenAt) {
        publisher
                .publish(events.pending(new PresenceChanged(user.id(), user.tenantId(), status, lastSeenAt)))
                .subscribe(nothing -> {}, lost -> {});
    }

    private static String key(ConnectedUser user) {
        return RoomNames.ofUser(user.tenantId(), user.id());
    }
}
