package dev.parley.presence.chatcore;

import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.live.Surface;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers which conversations a user sees otherwise: what counts is how they are in the end. */
final class MissedChanges implements Surface {

    private final String userId;
    private final MemberRooms rooms;
    private final Set<String> opened = new HashSet<>();
    private final Set<String> changed = new HashSet<>();

    MissedChanges(String userId, MemberRooms rooms) {
        this.userId = userId;
        this.rooms = rooms;
    }

    @Override
    public void conversationOpened(String tenantId, String conversationId, Collection<String> userIds) {
        if (userIds.contains(userId)) {
            opened.add(conversationId);
        }
    }

    @Override
    public void conversationChanged(String tenantId, String conversationId, @Nullable String onlyUserId) {
        if (onlyUserId == null ? rooms.isPresent(tenantId, userId, conversationId) : onlyUserId.equals(userId)) {
            changed.add(conversationId);
        }
    }

    /** Those that are new in the user's list. */
    Set<String> opened() {
        return opened;
    }

    /** Those that are not new, and have changed. */
    Set<String> changed() {
        Set<String> others = new HashSet<>(changed);
        others.removeAll(opened);
        return others;
    }
}
