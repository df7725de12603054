package dev.parley.presence.online;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.LocalUser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The devices of one user at this node, and the user's status. Changed only within the atomic update of the user's entry,
 * except by {@link #used}, which any thread may call.
 */
final class UserDevices {

    private final LocalUser user;

    /** When each device was last used; nano time. */
    private final Map<Device, Long> devices = new ConcurrentHashMap<>();

    private final OpenOnDevices open = new OpenOnDevices();

    /** How often the last device disconnected: the end of an earlier grace period must not end a later one. */
    private int disconnections;

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

    /** Returns whether it was the last device. */
    boolean disconnected(Device device) {
        devices.remove(device);
        open.closeAll(device);
        if (devices.isEmpty()) {
            disconnections++;
        }
        return devices.isEmpty();
    }

    int disconnections() {
        return disconnections;
    }

    /** Whether no device has connected since that disconnection. */
    boolean isDisconnectedSince(int disconnection) {
        return devices.isEmpty() && disconnections == disconnection;
    }

    boolean has(Device device) {
        return devices.containsKey(device);
    }

    boolean hasDevices() {
        return !devices.isEmpty();
    }

    /** A device was used. Any thread. @return how many nanoseconds after it was used before; 0 if it is gone */
    long used(Device device) {
        long now = System.nanoTime();
        Long before = devices.replace(device, now);
        return before == null ? 0 : now - before;
    }

    OpenOnDevices open() {
        return open;
    }

    /** The conversations that are open on devices that were used within this time. */
    Set<String> openConversations(long nanos) {
        long now = System.nanoTime();
        return open.on(device -> {
            Long last = devices.get(device);
            return last != null && now - last < nanos;
        });
    }

    /** Whether there are devices and none of them was used for this long. */
    boolean isIdle(long nanos) {
        long now = System.nanoTime();
        return !devices.isEmpty() && devices.values().stream().allMatch(last -> now - last >= nanos);
    }

    Status status() {
        return status;
    }

    /** Returns whether this is a different status. */
    boolean changeStatus(Status other) {
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
