package dev.parley.presence.membership;

import dev.parley.presence.device.UserKey;
import dev.parley.presence.transport.Rooms;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which members of a conversation are online at any node: as the nodes told when the users came, and by the membership changes
 * read since.
 */
public final class OnlineMembers {

    private static final long FROM_THE_BEGINNING = 1;

    private final Rooms<String, UserKey> online;
    private final MemberRooms members;

    public OnlineMembers(RoomRegistry rooms, MemberRooms members) {
        this.online = rooms.onlineUsers();
        this.members = members;
    }

    /**
     * A user is online.
     *
     * @param conversationIds the user's conversations, as far as another node knew
     */
    public void cameOnline(UserKey user, Collection<String> conversationIds) {
        if (!online.contains(user)) {
            online.enter(user);
        }
        Map<String, Long> told = conversationIds.stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), id -> FROM_THE_BEGINNING));
        members.amend(user, told, now -> {
            online.of(user).stream().filter(id -> !now.containsKey(id)).forEach(id -> online.leave(user, id));
            now.keySet().forEach(id -> online.join(user, id));
        });
    }

    /** A user is no longer online. */
    public void wentOffline(UserKey user) {
        online.exit(user);
    }

    /** The conversations of a user who is online. */
    public Set<String> conversationsOf(UserKey user) {
        return online.of(user);
    }

    /** The ids of the members of a conversation who are online. */
    public Set<String> of(String conversationId) {
        return online.in(conversationId).stream().map(UserKey::userId).collect(Collectors.toSet());
    }

    /** How many members of a conversation are online. */
    public int count(String conversationId) {
        return online.in(conversationId).size();
    }
}
