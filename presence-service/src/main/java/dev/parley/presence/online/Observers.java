package dev.parley.presence.online;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.live.MemberRooms;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Who sees whether a user is online: those who share a conversation. Where more members are online than a bound, the
 * conversation does not count: everybody would hear of everybody.
 */
@Component
public final class Observers {

    private final Devices devices;
    private final MemberRooms rooms;
    private final int maxObservers;

    Observers(Devices devices, MemberRooms rooms, PresenceSettings settings) {
        this.devices = devices;
        this.rooms = rooms;
        this.maxObservers = settings.maxObservers();
    }

    /** Those online here, each once, without the user: who sees the user is whom the user sees. */
    public Set<String> of(String tenantId, String userId) {
        Set<String> observers = new LinkedHashSet<>();
        for (String conversationId : devices.conversationsOf(tenantId, userId)) {
            if (rooms.countPresent(conversationId) <= maxObservers) {
                observers.addAll(rooms.present(conversationId));
            }
        }
        observers.remove(userId);
        return observers;
    }
}
