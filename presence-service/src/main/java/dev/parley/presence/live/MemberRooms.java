package dev.parley.presence.live;

import dev.parley.presence.transport.Recipient;
import dev.parley.presence.transport.Rooms;
import dev.parley.presence.user.ConnectedUser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Who of those connected here is a member of which conversation, and which of their devices listen to it. */
@Component
public final class MemberRooms {

    private final Rooms rooms;
    private final RecentChanges recent = new RecentChanges();

    public MemberRooms(Rooms rooms) {
        this.rooms = rooms;
    }

    /** A user whose first device comes. */
    public void appear(Present present) {
        rooms.enter(present);
        rooms.join(present, ofUser(present.owner()));
    }

    /** A user counts as gone. Returns the conversations that the user was in. */
    public Set<String> disappear(Present present) {
        Set<String> conversations = conversationsOf(present);
        rooms.exit(present);
        return conversations;
    }

    /**
     * A device came. It listens to all conversations of its user.
     *
     * @param fromSeqs those that were known when they were asked for, each with the place from which on the user sees it
     */
    public void arrive(Recipient device, Present present, Map<String, Long> fromSeqs) {
        recent.amend(
                ofUser(present.owner()),
                fromSeqs,
                all -> all.forEach((id, fromSeq) -> {
                    if (fromSeqs.containsKey(id) || !isIn(present, id)) {
                        present.seesFrom(id, fromSeq);
                    }
                    enter(device, id);
                    enter(present, id);
                }));
    }

    /**
     * Lets a device listen again, or for the first time, where its user became a member just now.
     *
     * @param fromSeq the place from which on the user sees the conversation
     * @return false if the user is no member (any more)
     */
    public boolean listen(Recipient device, ConnectedUser user, String conversationId, long fromSeq) {
        AtomicBoolean member = new AtomicBoolean();
        recent.amend(ofUser(user), Map.of(conversationId, fromSeq), all -> {
            if (all.containsKey(conversationId)) {
                member.set(true);
                become(user, conversationId, fromSeq);
                enter(device, conversationId);
            }
        });
        return member.get();
    }

    private void become(ConnectedUser user, String conversationId, long fromSeq) {
        rooms.in(ofUser(user)).forEach(one -> {
            if (one instanceof Present present && !isIn(present, conversationId)) {
                present.seesFrom(conversationId, fromSeq);
                enter(present, conversationId);
            }
        });
    }

    /** A device does not listen any more; its user stays a member. */
    public void ignore(Recipient device, String conversationId) {
        rooms.leave(device, RoomNames.ofConversation(conversationId));
    }

    /** The members of a conversation who are there, by user id. */
    public Set<String> present(String conversationId) {
        return rooms.in(RoomNames.ofMembers(conversationId)).stream()
                .map(member -> ((Present) member).userId())
                .collect(Collectors.toSet());
    }

    /** The members who are there and may not see what stands at a place: the rooms of their devices. */
    public Set<String> blindTo(String conversationId, long seq) {
        return blind(conversationId, member -> !member.sees(conversationId, seq));
    }

    /** The same for what was said earlier: also the members of whom it is not known from where on they see it. */
    public Set<String> blindToEarlier(String conversationId, long seq) {
        return blind(conversationId, member -> !member.seesEarlier(conversationId, seq));
    }

    private Set<String> blind(String conversationId, Predicate<Present> isBlind) {
        return rooms.in(RoomNames.ofMembers(conversationId)).stream()
                .map(Present.class::cast)
                .filter(isBlind)
                .map(member -> ofUser(member.owner()))
                .collect(Collectors.toSet());
    }

    /** From which place on a member sees a conversation, as conversation-service knows it. */
    public void sees(String tenantId, String userId, String conversationId, long fromSeq) {
        rooms.in(RoomNames.ofUser(tenantId, userId)).forEach(one -> {
            if (one instanceof Present present && isIn(present, conversationId)) {
                present.seesFrom(conversationId, fromSeq);
            }
        });
    }

    private boolean isIn(Present present, String conversationId) {
        return rooms.in(RoomNames.ofMembers(conversationId)).contains(present);
    }

    /** How many members of a conversation are there. */
    public int countPresent(String conversationId) {
        return rooms.in(RoomNames.ofMembers(conversationId)).size();
    }

    /** Whether a user is there. */
    public boolean isHere(String tenantId, String userId) {
        return rooms.in(RoomNames.ofUser(tenantId, userId)).stream().anyMatch(one -> !(one instanceof OnlineUser));
    }

    /** Whether a user is there, and a member. */
    public boolean isPresent(String tenantId, String userId, String conversationId) {
        Collection<Recipient> members = rooms.in(RoomNames.ofMembers(conversationId));
        return rooms.in(RoomNames.ofUser(tenantId, userId)).stream().anyMatch(members::contains);
    }

    /** The conversations of a user who is there. */
    public Set<String> conversationsOf(Present present) {
        return rooms.of(present).stream()
                .flatMap(room -> RoomNames.conversationOfMembers(room).stream())
                .collect(Collectors.toSet());
    }

    /** A user is not a member, whatever was told before. A later notice may change that. */
    public void expel(String tenantId, String userId, String conversationId) {
        String user = RoomNames.ofUser(tenantId, userId);
        recent.withdraw(user, conversationId, () -> rooms.in(user).forEach(one -> exit(one, conversationId)));
    }

    /**
     * A user is a member from this place on; without effect where a later change is known. What was said before is held
     * to be unseen, until conversation-service says otherwise.
     */
    void come(String tenantId, String userId, String conversationId, long seq) {
        String user = RoomNames.ofUser(tenantId, userId);
        recent.apply(user, conversationId, seq, true, () -> rooms.in(user).forEach(one -> {
            if (one instanceof Present present && !isIn(present, conversationId)) {
                present.seesFrom(conversationId, seq);
            }
            enter(one, conversationId);
        }));
    }

    /** A user was a member up to this place. */
    void go(String tenantId, String userId, String conversationId, long seq) {
        String user = RoomNames.ofUser(tenantId, userId);
        recent.apply(user, conversationId, seq, false, () -> rooms.in(user).forEach(one -> exit(one, conversationId)));
    }

    /** Nobody has the conversation any more. */
    void close(String tenantId, String conversationId) {
        present(conversationId).forEach(userId -> expel(tenantId, userId, conversationId));
        List.copyOf(rooms.in(RoomNames.ofOnline(conversationId)))
                .forEach(one -> expel(tenantId, ((OnlineUser) one).userId(), conversationId));
        List.copyOf(rooms.in(RoomNames.ofConversation(conversationId))).forEach(one -> exit(one, conversationId));
    }

    private void enter(Recipient one, String conversationId) {
        rooms.join(one, room(one, conversationId));
    }

    private void exit(Recipient one, String conversationId) {
        rooms.leave(one, room(one, conversationId));
        if (one instanceof Present present) {
            present.seesFrom(conversationId, 1);
        }
    }

    /** What somebody else knew of a user's conversations, after the changes that are known here. */
    void amended(String user, Map<String, Long> fromSeqs, Consumer<Map<String, Long>> amended) {
        recent.amend(user, fromSeqs, amended);
    }

    private static String room(Recipient one, String conversationId) {
        if (one instanceof OnlineUser) {
            return RoomNames.ofOnline(conversationId);
        }
        return one instanceof Present ? RoomNames.ofMembers(conversationId) : RoomNames.ofConversation(conversationId);
    }

    private static String ofUser(ConnectedUser user) {
        return RoomNames.ofUser(user.tenantId(), user.id());
    }
}
