package dev.parley.presence.membership;

import dev.parley.presence.device.Device;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.transport.Rooms;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of this node's users are members of which conversation, and which of their devices listen to it. Safe for any thread.
 *
 * <p>{@code fromSeq} is the {@code seq} of the first message that a user sees in a conversation.
 */
public final class MemberRooms {

    private final RoomRegistry rooms;
    private final Map<UserKey, LocalUser> users = new ConcurrentHashMap<>();
    private final RecentMembershipChanges recent = new RecentMembershipChanges();

    public MemberRooms(RoomRegistry rooms) {
        this.rooms = rooms;
    }

    /** A user's first device connects. */
    public void userCame(LocalUser user) {
        members().enter(user);
        users.put(user.user().key(), user);
    }

    /** A user counts as gone. */
    public void userWent(LocalUser user) {
        users.remove(user.user().key(), user);
        members().exit(user);
    }

    /** A device connects: it can be reached from now on. */
    public void enter(Device device) {
        rooms.devices().enter(device);
        rooms.devices().join(device, DeviceRoom.ofUser(device.user().key()));
    }

    /** A device can no longer be reached. */
    public void exit(Device device) {
        rooms.devices().exit(device);
    }

    /**
     * Lets a device listen to all conversations of its user.
     *
     * @param fromSeqs of the conversations that conversation-service answered with
     */
    public void listenToAll(Device device, LocalUser user, Map<String, Long> fromSeqs) {
        recent.amend(
                user.user().key(),
                fromSeqs,
                all -> all.forEach((id, fromSeq) -> {
                    if (fromSeqs.containsKey(id) || !isIn(user, id)) {
                        user.seesFrom(id, fromSeq);
                    }
                    rooms.devices().join(device, DeviceRoom.ofConversation(id));
                    members().join(user, id);
                }));
    }

    /**
     * Lets a device listen to one conversation again, or for the first time where its user became a member just now.
     *
     * @return false if the user is no member (any more)
     */
    public boolean listen(Device device, String conversationId, long fromSeq) {
        AtomicBoolean member = new AtomicBoolean();
        UserKey user = device.user().key();
        recent.amend(user, Map.of(conversationId, fromSeq), all -> {
            if (all.containsKey(conversationId)) {
                member.set(true);
                LocalUser local = users.get(user);
                if (local != null && !isIn(local, conversationId)) {
                    local.seesFrom(conversationId, fromSeq);
                    members().join(local, conversationId);
                }
                rooms.devices().join(device, DeviceRoom.ofConversation(conversationId));
            }
        });
        return member.get();
    }

    /** A device no longer listens to a conversation; its user stays a member. */
    public void stopListening(Device device, String conversationId) {
        rooms.devices().leave(device, DeviceRoom.ofConversation(conversationId));
    }

    /** Whether a device listens to a conversation. */
    public boolean isListening(Device device, String conversationId) {
        return rooms.devices().in(DeviceRoom.ofConversation(conversationId)).contains(device);
    }

    /** The conversations that a device listens to. */
    public Set<String> listenedTo(Device device) {
        return rooms.devices().of(device).stream()
                .filter(DeviceRoom.OfConversation.class::isInstance)
                .map(room -> ((DeviceRoom.OfConversation) room).conversationId())
                .collect(Collectors.toSet());
    }

    /** The ids of the members of a conversation who are at this node. */
    public Set<String> membersHere(String conversationId) {
        return members().in(conversationId).stream()
                .map(member -> member.user().id())
                .collect(Collectors.toSet());
    }

    /** How many members of a conversation are at this node. */
    public int countMembersHere(String conversationId) {
        return members().in(conversationId).size();
    }

    /** The device rooms of the members at this node who must not be sent a new message with this {@code seq}. */
    public Set<DeviceRoom> blindTo(String conversationId, long seq) {
        return roomsOf(conversationId, member -> !member.sees(conversationId, seq));
    }

    /**
     * The device rooms of the members at this node who must not be sent what becomes of an earlier message with this
     * {@code seq}: also of those whose {@code fromSeq} is not known.
     */
    public Set<DeviceRoom> blindToEarlier(String conversationId, long seq) {
        return roomsOf(conversationId, member -> !member.seesEarlier(conversationId, seq));
    }

    private Set<DeviceRoom> roomsOf(String conversationId, Predicate<LocalUser> isWanted) {
        return members().in(conversationId).stream()
                .filter(isWanted)
                .map(member -> DeviceRoom.ofUser(member.user().key()))
                .collect(Collectors.toSet());
    }

    /** Corrects a member's {@code fromSeq} to what conversation-service answered. */
    public void correctFromSeq(UserKey user, String conversationId, long fromSeq) {
        LocalUser local = users.get(user);
        if (local != null && isIn(local, conversationId)) {
            local.seesFrom(conversationId, fromSeq);
        }
    }

    /** Whether a user is at this node. */
    public boolean isHere(UserKey user) {
        return users.containsKey(user)
                || !rooms.devices().in(DeviceRoom.ofUser(user)).isEmpty();
    }

    /** Whether a user is at this node, and a member. */
    public boolean isMemberHere(UserKey user, String conversationId) {
        LocalUser local = users.get(user);
        return local != null && isIn(local, conversationId);
    }

    /** The conversations of a user who is at this node. */
    public Set<String> conversationsOf(LocalUser user) {
        return members().of(user);
    }

    /** A user is no member, whatever was read before. A later system message may change that. */
    public void expel(UserKey user, String conversationId) {
        recent.withdraw(user, conversationId, () -> leave(user, conversationId));
    }

    /**
     * A system message or a new conversation makes a user a member; without effect where a later change is known. Earlier
     * messages are not shown to the user until conversation-service says otherwise.
     *
     * @param seq of the system message; 0 for a new conversation
     */
    public void add(UserKey user, String conversationId, long seq) {
        recent.apply(user, conversationId, seq, true, () -> {
            LocalUser local = users.get(user);
            if (local != null) {
                if (!isIn(local, conversationId)) {
                    local.seesFrom(conversationId, seq);
                }
                members().join(local, conversationId);
            }
            rooms.devices().in(DeviceRoom.ofUser(user)).forEach(device -> rooms.devices()
                    .join(device, DeviceRoom.ofConversation(conversationId)));
            rooms.onlineUsers().join(user, conversationId);
        });
    }

    /** A system message with this {@code seq} was the last that a user saw as a member. */
    public void remove(UserKey user, String conversationId, long seq) {
        recent.apply(user, conversationId, seq, false, () -> leave(user, conversationId));
    }

    /** Nobody has the conversation any more. */
    public void close(String tenantId, String conversationId) {
        membersHere(conversationId).forEach(userId -> expel(new UserKey(tenantId, userId), conversationId));
        rooms.onlineUsers().copyOf(conversationId).forEach(user -> expel(user, conversationId));
        DeviceRoom listeners = DeviceRoom.ofConversation(conversationId);
        rooms.devices().copyOf(listeners).forEach(device -> rooms.devices().leave(device, listeners));
    }

    private void leave(UserKey user, String conversationId) {
        @Nullable LocalUser local = users.get(user);
        if (local != null) {
            members().leave(local, conversationId);
            local.seesFrom(conversationId, 1);
        }
        rooms.devices().in(DeviceRoom.ofUser(user)).forEach(device -> rooms.devices()
                .leave(device, DeviceRoom.ofConversation(conversationId)));
        rooms.onlineUsers().leave(user, conversationId);
    }

    /** Applies the changes that are known here to what another node knew of a user's conversations. */
    void amend(UserKey user, Map<String, Long> fromSeqs, Consumer<Map<String, Long>> amended) {
        recent.amend(user, fromSeqs, amended);
    }

    private boolean isIn(LocalUser user, String conversationId) {
        return members().in(conversationId).contains(user);
    }

    private Rooms<String, LocalUser> members() {
        return rooms.localUsers();
    }
}
