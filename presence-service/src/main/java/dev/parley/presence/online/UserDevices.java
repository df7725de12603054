package dev.parley.presence.online;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.LocalUser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The devices of one user at this node, with the user's status. Changed only within the atomic update of the user's entry, but
 * for {@link #used}, which any thread may call.
 */
final class UserDevices {

    private final LocalUser user;

    /** When each device was last used; nano time. */
    private final Map<Device, Long> devices = new ConcurrentHashMap<>();

    /** How often the last device disconnected: the end of an earlier grace does not count for a later one. */
    private int departures;

    private volatile Status status = Status.ONLINE;
    private Instant since = now();

    UserDevices(LocalUser user) {
        this.user = user;
    }

    LocalUser user() {
        return user;
    }

    void connected(Device device) {
        devices.put(device, System.nanoTime());
    }

    /** Returns whether it was the last one. */
    boolean disconnected(Device device) {
        devices.remove(device);
        if (devices.isEmpty()) {
            departures++;
        }
        return devices.isEmpty();
    }

    int departures() {
        return departures;
    }

    /** Whether the user never came back since that departure. */
    boolean isGone(int departure) {
        return devices.isEmpty() && departures == departure;
    }

    boolean hasDevices() {
        return !devices.isEmpty();
    }

    /** A device was used. Any thread. */
    void used(Device device) {
        devices.computeIfPresent(device, (same, before) -> System.nanoTime());
    }

    /** Whether there are devices and none of them was used for so long. */
    boolean isIdle(long nanos) {
        long now = System.nanoTime();
        return !devices.isEmpty() && devices.values().stream().allMatch(last -> now - last >= nanos);
    }

    Status status() {
        return status;
    }

    /** Returns whether that is another status. */
    boolean become(Status other) {
        if (status == other) {
            return false;
        }
        status = other;
        since = now();
        return true;
    }

    Instant since() {
        return since;
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
