package dev.parley.presence.online;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.live.OnlineMembers;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Who sees whether a user is online: those who share a conversation. Where more members are online than a bound, the
 * conversation does not count: everybody would hear of everybody.
 */
@Component
public final class Observers {

    private final Devices devices;
    private final MemberRooms here;
    private final OnlineMembers online;
    private final int maxObservers;

    Observers(Devices devices, MemberRooms here, OnlineMembers online, PresenceSettings settings) {
        this.devices = devices;
        this.here = here;
        this.online = online;
        this.maxObservers = settings.maxObservers();
    }

    /** Those of a user's conversations where the user is seen, while the user is online anywhere. */
    public Set<String> stages(String tenantId, String userId) {
        return online.conversationsOf(tenantId, userId).stream()
                .filter(this::counts)
                .collect(Collectors.toSet());
    }

    /** Those connected here who see a user in these conversations, each once, without the user. */
    public Set<String> of(String userId, Collection<String> stages) {
        Set<String> observers = new LinkedHashSet<>();
        stages.forEach(conversationId -> observers.addAll(here.present(conversationId)));
        observers.remove(userId);
        return observers;
    }

    /** Those online anywhere whom a user who is connected here sees, each once, without the user. */
    public Set<String> seenBy(String tenantId, String userId) {
        Set<String> seen = new LinkedHashSet<>();
        for (String conversationId : devices.conversationsOf(tenantId, userId)) {
            if (counts(conversationId)) {
                seen.addAll(here.present(conversationId));
                seen.addAll(online.of(conversationId));
            }
        }
        seen.remove(userId);
        return seen;
    }

    private boolean counts(String conversationId) {
        return Math.max(online.count(conversationId), here.countPresent(conversationId)) <= maxObservers;
    }
}
