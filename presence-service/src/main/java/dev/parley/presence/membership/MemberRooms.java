package dev.parley.presence.membership;

import dev.parley.presence.device.Device;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.transport.Rooms;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of this node's users are members of which conversation, and which of their devices listen to it. Safe for any
 * thread.
 *
 * <p>{@code fromSeq} is the {@code seq} of the first message that a user sees in a conversation.
 */
public final class MemberRooms {

    private final RoomRegistry rooms;
    private final MembershipSettings settings;
    private final Map<UserKey, LocalUser> users = new ConcurrentHashMap<>();
    private final RecentMembershipChanges recentChanges;

    public MemberRooms(RoomRegistry rooms, MembershipSettings settings) {
        this.rooms = rooms;
        this.settings = settings;
        this.recentChanges = new RecentMembershipChanges(settings);
    }

    /** The members in other rooms, which no membership change has reached yet. */
    public MemberRooms in(RoomRegistry otherRooms) {
        return new MemberRooms(otherRooms, settings);
    }

    /** The first device of a user connects. */
    public void userConnected(LocalUser user) {
        members().register(user);
        users.put(user.user().key(), user);
    }

    /** A user counts as offline at this node. */
    public void userGone(LocalUser user) {
        users.remove(user.user().key(), user);
        members().unregister(user);
    }

    /** A device connects and can be sent events from now on. */
    public void deviceConnected(Device device) {
        rooms.devices().register(device);
        rooms.devices().join(device, DeviceRoom.ofUser(device.user().key()));
    }

    /** A device can no longer be sent events. */
    public void deviceUnreachable(Device device) {
        rooms.devices().unregister(device);
    }

    /**
     * Lets a device listen to all conversations of its user.
     *
     * @param fromSeqs the {@code fromSeq} of each conversation, as conversation-service answered
     */
    public void listenToAll(Device device, LocalUser user, Map<String, Long> fromSeqs) {
        recentChanges.complete(
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
     * Lets a device listen to one conversation: again, or for the first time if its user became a member just now.
     *
     * @return false if the user is not a member (any more)
     */
    public boolean listen(Device device, String conversationId, long fromSeq) {
        AtomicBoolean member = new AtomicBoolean();
        UserKey user = device.user().key();
        recentChanges.complete(user, Map.of(conversationId, fromSeq), all -> {
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

    /** Lets a device no longer listen to a conversation; its user stays a member. */
    public void stopListening(Device device, String conversationId) {
        rooms.devices().leave(device, DeviceRoom.ofConversation(conversationId));
    }

    /** Whether a device listens to a conversation. */
    public boolean isListening(Device device, String conversationId) {
        return rooms.devices()
                .membersOf(DeviceRoom.ofConversation(conversationId))
                .contains(device);
    }

    /** The conversations that a device listens to. */
    public Set<String> listenedTo(Device device) {
        return rooms.devices().roomsOf(device).stream()
                .filter(DeviceRoom.OfConversation.class::isInstance)
                .map(room -> ((DeviceRoom.OfConversation) room).conversationId())
                .collect(Collectors.toSet());
    }

    /** The ids of the members of a conversation who have a device at this node. */
    public Set<String> localMembers(String conversationId) {
        return members().membersOf(conversationId).stream()
                .map(member -> member.user().id())
                .collect(Collectors.toSet());
    }

    /** How many members of a conversation have a device at this node. */
    public int countLocalMembers(String conversationId) {
        return members().membersOf(conversationId).size();
    }

    /** The rooms of the local members who must not be sent a new message with this {@code seq}. */
    public Set<DeviceRoom> roomsExcludedFromNew(String conversationId, long seq) {
        return roomsOf(conversationId, member -> !member.sees(conversationId, seq));
    }

    /**
     * The rooms of the local members who must not be sent changes of an earlier message with this {@code seq}: also the
     * members whose {@code fromSeq} is unknown.
     */
    public Set<DeviceRoom> roomsExcludedFromEarlier(String conversationId, long seq) {
        return roomsOf(conversationId, member -> !member.seesEarlier(conversationId, seq));
    }

    /** A user of this node has taken a conversation out of the list, until the next message. */
    public void hide(UserKey user, String conversationId) {
        LocalUser local = users.get(user);
        if (local != null) {
            local.hide(conversationId);
        }
    }

    /** It is in the user's list again. */
    public void unhide(UserKey user, String conversationId) {
        LocalUser local = users.get(user);
        if (local != null) {
            local.unhide(conversationId);
        }
    }

    /** The local members who have taken a conversation out of their lists. */
    public List<UserKey> hiders(String conversationId) {
        return members().membersOf(conversationId).stream()
                .filter(member -> member.hides(conversationId))
                .map(member -> member.user().key())
                .toList();
    }

    /** Adds the devices of one user, and of these to a conversation those that listen to it, to other rooms. */
    public void copyTo(MemberRooms others, UserKey user, String conversationId) {
        LocalUser local = users.get(user);
        if (local == null) {
            return;
        }
        others.userConnected(local);
        others.members().join(local, conversationId);
        for (Device device : rooms.devices().copyOfMembers(DeviceRoom.ofUser(user))) {
            others.deviceConnected(device);
            if (isListening(device, conversationId)) {
                others.rooms.devices().join(device, DeviceRoom.ofConversation(conversationId));
            }
        }
    }

    private Set<DeviceRoom> roomsOf(String conversationId, Predicate<LocalUser> condition) {
        return members().membersOf(conversationId).stream()
                .filter(condition)
                .map(member -> DeviceRoom.ofUser(member.user().key()))
                .collect(Collectors.toSet());
    }

    /** Sets a member's {@code fromSeq} to what conversation-service answered. */
    public void correctFromSeq(UserKey user, String conversationId, long fromSeq) {
        LocalUser local = users.get(user);
        if (local != null && isIn(local, conversationId)) {
            local.seesFrom(conversationId, fromSeq);
        }
    }

    /** Whether a user has a device at this node. */
    public boolean isConnected(UserKey user) {
        return users.containsKey(user)
                || !rooms.devices().membersOf(DeviceRoom.ofUser(user)).isEmpty();
    }

    /** Whether a user has a device at this node and is a member. */
    public boolean isLocalMember(UserKey user, String conversationId) {
        LocalUser local = users.get(user);
        return local != null && isIn(local, conversationId);
    }

    /** The conversations of a user who has a device at this node. */
    public Set<String> conversationsOf(LocalUser user) {
        return members().roomsOf(user);
    }

    /** Removes a user who is known not to be a member, whatever was read before. A later system message may undo it. */
    public void removeNonMember(UserKey user, String conversationId) {
        recentChanges.applyNonMembership(user, conversationId, () -> leaveConversation(user, conversationId));
    }

    /**
     * Adds a member because of a system message or a new conversation. Has no effect if a later change is known. The user
     * does not see earlier messages until conversation-service says otherwise.
     *
     * @param seq the {@code seq} of the system message; 0 for a new conversation
     */
    public void addMember(UserKey user, String conversationId, long seq) {
        recentChanges.apply(user, conversationId, seq, true, () -> {
            LocalUser local = users.get(user);
            if (local != null) {
                if (!isIn(local, conversationId)) {
                    local.seesFrom(conversationId, seq);
                }
                members().join(local, conversationId);
            }
            rooms.devices().membersOf(DeviceRoom.ofUser(user)).forEach(device -> rooms.devices()
                    .join(device, DeviceRoom.ofConversation(conversationId)));
            rooms.onlineUsers().join(user, conversationId);
        });
    }

    /** Removes a member because of the system message with this {@code seq}, the last one that the user sees. */
    public void removeMember(UserKey user, String conversationId, long seq) {
        recentChanges.apply(user, conversationId, seq, false, () -> leaveConversation(user, conversationId));
    }

    /** The conversation was deleted for all members. */
    public void removeConversation(String tenantId, String conversationId) {
        localMembers(conversationId).forEach(userId -> removeNonMember(new UserKey(tenantId, userId), conversationId));
        rooms.onlineUsers().copyOfMembers(conversationId).forEach(user -> removeNonMember(user, conversationId));
        DeviceRoom listeners = DeviceRoom.ofConversation(conversationId);
        rooms.devices().copyOfMembers(listeners).forEach(device -> rooms.devices()
                .leave(device, listeners));
    }

    private void leaveConversation(UserKey user, String conversationId) {
        @Nullable LocalUser local = users.get(user);
        if (local != null) {
            members().leave(local, conversationId);
            local.seesFrom(conversationId, 1);
        }
        rooms.devices().membersOf(DeviceRoom.ofUser(user)).forEach(device -> rooms.devices()
                .leave(device, DeviceRoom.ofConversation(conversationId)));
        rooms.onlineUsers().leave(user, conversationId);
    }

    /** Applies the changes that this node has read to what another node knew of a user's conversations. */
    void completeWithRecentChanges(UserKey user, Map<String, Long> fromSeqs, Consumer<Map<String, Long>> action) {
        recentChanges.complete(user, fromSeqs, action);
    }

    private boolean isIn(LocalUser user, String conversationId) {
        return members().membersOf(conversationId).contains(user);
    }

    private Rooms<String, LocalUser> members() {
        return rooms.localUsers();
    }
}
