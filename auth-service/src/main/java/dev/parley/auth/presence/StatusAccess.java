package dev.parley.auth.presence;

import dev.parley.auth.user.LastSeenVisibility;
import dev.parley.auth.user.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Shows whether users are online to those whom the users show it to. Who may not see when somebody was last seen may not see whether that
 * user is online either, because that tells the time just as well.
 */
@Component
public class StatusAccess {

    private final PresenceClient presence;
    private final ContactClient contacts;

    StatusAccess(PresenceClient presence, ContactClient contacts) {
        this.presence = presence;
        this.contacts = contacts;
    }

    /**
     * The statuses of users of the viewer's tenant by user id: {@code online}, {@code away} or {@code offline}. Never fails: users whose
     * status the viewer may not see, or of whom presence-service says nothing in time, are left out.
     */
    public Mono<Map<String, String>> of(String viewerId, String tenantId, List<User> users) {
        List<String> shownToContacts = users.stream()
                .filter(user -> user.lastSeenVisibility() == LastSeenVisibility.CONTACTS)
                .map(User::id)
                .filter(userId -> !userId.equals(viewerId))
                .toList();
        return contacts.among(viewerId, shownToContacts).flatMap(contactIds -> {
            List<String> visible = users.stream()
                    .filter(user -> maySee(viewerId, user, contactIds))
                    .map(User::id)
                    .toList();
            return presence.of(tenantId, visible);
        });
    }

    /** Users always see themselves, whatever they show to others. */
    private static boolean maySee(String viewerId, User user, Set<String> contactIds) {
        LastSeenVisibility visibility = user.lastSeenVisibility();
        if (visibility == null || user.id().equals(viewerId)) {
            return true;
        }
        return switch (visibility) {
            case EVERYONE -> true;
            case CONTACTS -> contactIds.contains(user.id());
            case NOBODY -> false;
        };
    }
}
