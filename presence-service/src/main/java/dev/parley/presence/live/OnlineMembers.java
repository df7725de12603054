package dev.parley.presence.live;

import dev.parley.presence.transport.Rooms;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Which members of a conversation are online, at whatever node: as the nodes told it when they came, and by what became of
 * their memberships since.
 */
@Component
public final class OnlineMembers {

    private static final long UNKNOWN = 1;

    private final Rooms rooms;
    private final MemberRooms members;

    OnlineMembers(Rooms rooms, MemberRooms members) {
        this.rooms = rooms;
        this.members = members;
    }

    /**
     * A user is online.
     *
     * @param conversationIds those that the user is in, as far as another node knew
     */
    public void know(String tenantId, String userId, Collection<String> conversationIds) {
        OnlineUser user = new OnlineUser(tenantId, userId);
        String room = RoomNames.ofUser(tenantId, userId);
        if (!rooms.in(room).contains(user)) {
            rooms.enter(user);
            rooms.join(user, room);
        }
        Map<String, Long> told =
                conversationIds.stream().distinct().collect(Collectors.toMap(Function.identity(), id -> UNKNOWN));
        members.amended(room, told, now -> {
            conversationsOf(tenantId, userId).stream()
                    .filter(id -> !now.containsKey(id))
                    .forEach(id -> rooms.leave(user, RoomNames.ofOnline(id)));
            now.keySet().forEach(id -> rooms.join(user, RoomNames.ofOnline(id)));
        });
    }

    /** A user is not online any more. */
    public void forget(String tenantId, String userId) {
        rooms.exit(new OnlineUser(tenantId, userId));
    }

    /** The conversations of a user who is online. */
    public Set<String> conversationsOf(String tenantId, String userId) {
        return rooms.of(new OnlineUser(tenantId, userId)).stream()
                .flatMap(room -> RoomNames.conversationOfOnline(room).stream())
                .collect(Collectors.toSet());
    }

    /** The members of a conversation who are online, by user id. */
    public Set<String> of(String conversationId) {
        return rooms.in(RoomNames.ofOnline(conversationId)).stream()
                .map(one -> ((OnlineUser) one).userId())
                .collect(Collectors.toSet());
    }

    public int count(String conversationId) {
        return rooms.in(RoomNames.ofOnline(conversationId)).size();
    }
}
