package dev.parley.presence.stream;

import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.MemberRooms;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects which conversations changed for one user during a replay: only the latest state is shown. */
public final class MissedConversationChanges implements ConversationChangeListener {

    private final UserKey user;
    private final MemberRooms members;
    private final Set<String> opened = new HashSet<>();
    private final Set<String> changed = new HashSet<>();

    MissedConversationChanges(UserKey user, MemberRooms members) {
        this.user = user;
        this.members = members;
    }

    @Override
    public void opened(String tenantId, String conversationId, Collection<String> userIds) {
        if (userIds.contains(user.userId())) {
            opened.add(conversationId);
        }
    }

    @Override
    public void changed(String tenantId, String conversationId, @Nullable String userId) {
        if (userId == null ? members.isLocalMember(user, conversationId) : userId.equals(user.userId())) {
            changed.add(conversationId);
        }
    }

    /** The conversations that are new in the user's list. */
    public Set<String> opened() {
        return opened;
    }

    /** The conversations that changed and are not new. */
    public Set<String> changed() {
        Set<String> others = new HashSet<>(changed);
        others.removeAll(opened);
        return others;
    }
}
