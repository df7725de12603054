package dev.parley.presence.membership;

import dev.parley.presence.device.UserKey;
import dev.parley.presence.transport.Rooms;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which members of a conversation are online at any node. Nodes publish a user's conversations when the user comes online;
 * this node applies the membership changes that it reads after that.
 */
public final class OnlineMembers {

    private static final long FIRST_SEQ = 1;

    private final Rooms<String, UserKey> online;
    private final MemberRooms members;

    public OnlineMembers(RoomRegistry rooms, MemberRooms members) {
        this.online = rooms.onlineUsers();
        this.members = members;
    }

    /**
     * A user is online.
     *
     * @param conversationIds the user's conversations, as the node of the user knew them
     */
    public void userOnline(UserKey user, Collection<String> conversationIds) {
        if (!online.isRegistered(user)) {
            online.register(user);
        }
        Map<String, Long> fromSeqs =
                conversationIds.stream().distinct().collect(Collectors.toMap(Function.identity(), id -> FIRST_SEQ));
        members.completeWithRecentChanges(user, fromSeqs, current -> {
            online.roomsOf(user).stream().filter(id -> !current.containsKey(id)).forEach(id -> online.leave(user, id));
            current.keySet().forEach(id -> online.join(user, id));
        });
    }

    /** A user is no longer online. */
    public void userOffline(UserKey user) {
        online.unregister(user);
    }

    /** The conversations of a user who is online. */
    public Set<String> conversationsOf(UserKey user) {
        return online.roomsOf(user);
    }

    /** The ids of the members of a conversation who are online. */
    public Set<String> membersOf(String conversationId) {
        return online.membersOf(conversationId).stream().map(UserKey::userId).collect(Collectors.toSet());
    }

    /** How many members of a conversation are online. */
    public int count(String conversationId) {
        return online.membersOf(conversationId).size();
    }
}
