package dev.parley.presence.online;

import dev.parley.presence.device.Device;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which conversations are open on the devices of one user. Changed and read only within the atomic update of the user's
 * entry, except by {@link #isEmpty}, which any thread may call.
 */
final class OpenOnDevices {

    /** How many may be open on one device; what was opened first is closed for another. */
    static final int MAX_PER_DEVICE = 50;

    private final Map<Device, Set<String>> byDevice = new HashMap<>();
    private Set<String> published = Set.of();
    private boolean publicationIsDue;
    private volatile boolean empty = true;

    void open(Device device, String conversationId) {
        Set<String> open = byDevice.computeIfAbsent(device, same -> new LinkedHashSet<>());
        open.remove(conversationId);
        open.add(conversationId);
        if (open.size() > MAX_PER_DEVICE) {
            open.remove(open.iterator().next());
        }
        empty = false;
    }

    void close(Device device, String conversationId) {
        Set<String> open = byDevice.get(device);
        if (open != null && open.remove(conversationId) && open.isEmpty()) {
            closeAll(device);
        }
    }

    void closeAll(Device device) {
        byDevice.remove(device);
        empty = byDevice.isEmpty();
    }

    boolean isEmpty() {
        return empty;
    }

    Set<String> on(Predicate<Device> devices) {
        return byDevice.entrySet().stream()
                .filter(entry -> devices.test(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** These are published now. */
    void published(Set<String> open) {
        published = open;
    }

    boolean isPublished(Set<String> open) {
        return published.equals(open);
    }

    /** @return whether a publication has to be scheduled: there is none yet */
    boolean makePublicationDue() {
        boolean isFirst = !publicationIsDue;
        publicationIsDue = true;
        return isFirst;
    }

    void publicationIsNotDue() {
        publicationIsDue = false;
    }
}
