package dev.parley.presence.online;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.live.Present;
import dev.parley.presence.transport.Recipient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A user with devices on this node, or who had one a moment ago. Changed only within the atomic update of the user's entry;
 * but that a device was used is noted by any thread.
 */
final class Here {

    private final Present present;

    /** When each device was last used; nano time. */
    private final Map<Recipient, Long> devices = new ConcurrentHashMap<>();

    /** How often the last device went: the end of an earlier grace is none of a later one. */
    private int departures;

    private volatile Status status = Status.ONLINE;
    private Instant since = now();

    Here(Present present) {
        this.present = present;
    }

    Present present() {
        return present;
    }

    void came(Recipient device) {
        devices.put(device, System.nanoTime());
    }

    /** Returns whether it was the last one. */
    boolean went(Recipient device) {
        devices.remove(device);
        if (devices.isEmpty()) {
            departures++;
        }
        return devices.isEmpty();
    }

    int departures() {
        return departures;
    }

    /** Whether the user is gone since a departure, and never came back. */
    boolean isGone(int departure) {
        return devices.isEmpty() && departures == departure;
    }

    /** Any thread may ask. */
    boolean hasDevices() {
        return !devices.isEmpty();
    }

    /** A device was used. */
    void used(Recipient device) {
        devices.computeIfPresent(device, (same, before) -> System.nanoTime());
    }

    /** Whether there are devices, and none was used for so long. */
    boolean isIdle(long nanos) {
        long now = System.nanoTime();
        return !devices.isEmpty() && devices.values().stream().allMatch(last -> now - last >= nanos);
    }

    /** Any thread may ask. */
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
