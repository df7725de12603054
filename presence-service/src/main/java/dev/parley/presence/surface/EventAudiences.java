package dev.parley.presence.surface;

import dev.parley.events.Block;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReplyReference;
import dev.parley.events.TypingChanged;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.transport.Audience;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which devices are sent an event: those that listen to its conversation and whose users may see it. The same for every surface.
 */
public final class EventAudiences {

    private final RoomRegistry rooms;
    private final MemberRooms members;
    private final Set<DeviceRoom> withoutUsers;

    /** @param withoutUsers who is sent a new message later */
    EventAudiences(RoomRegistry rooms, MemberRooms members, Set<DeviceRoom> withoutUsers) {
        this.rooms = rooms;
        this.members = members;
        this.withoutUsers = withoutUsers;
    }

    /**
     * Who is sent a new message, the sender included. This node may know a member before it reads the system message that added
     * the member: such a member is not sent earlier messages.
     */
    public Audience<DeviceRoom, Device> listeners(MessageSnapshot message) {
        return rooms.to(conversation(message))
                .exceptRooms(members.roomsExcludedFromNew(message.conversationId(), message.seq()));
    }

    /** Who is sent a new message in which form. */
    public NewMessage ofNewMessage(MessageSnapshot message) {
        DeviceRoom conversation = conversation(message);
        DeviceRoom sender =
                DeviceRoom.ofUser(message.tenantId(), message.sender().id());
        Set<DeviceRoom> excluded = new HashSet<>(members.roomsExcludedFromNew(message.conversationId(), message.seq()));
        excluded.addAll(withoutUsers);
        Set<DeviceRoom> withoutPreview = new HashSet<>(roomsExcludedFromQuoted(message));
        withoutPreview.removeAll(excluded);
        return new NewMessage(
                rooms.to(conversation).exceptRoom(sender).exceptRooms(excluded).exceptRooms(withoutPreview),
                rooms.to(withoutPreview).onlyIn(conversation).exceptRoom(sender),
                rooms.to(sender).exceptRooms(withoutUsers));
    }

    /**
     * The receivers of a new message.
     *
     * @param others the listeners other than the sender who may also see what the message quotes
     * @param othersWithoutPreview the listeners other than the sender who must not see what the message quotes
     * @param sender all devices of the sender, whether they listen or not
     */
    public record NewMessage(
            Audience<DeviceRoom, Device> others,
            Audience<DeviceRoom, Device> othersWithoutPreview,
            Audience<DeviceRoom, Device> sender) {}

    /**
     * Who is sent a change of a message. A deletion reveals nothing about the message, so it also goes to members who cannot see
     * the message now: they may have seen it before.
     */
    public Audience<DeviceRoom, Device> listeners(MessageChange change) {
        Audience<DeviceRoom, Device> all = rooms.to(DeviceRoom.ofConversation(change.conversationId()));
        return change instanceof MessageDeleted
                ? all
                : all.exceptRooms(members.roomsExcludedFromEarlier(
                        change.conversationId(), change.message().seq()));
    }

    /** Who is sent that a member was removed or left: the listeners, and all devices of that member. */
    public Audience<DeviceRoom, Device> ofRemovedMember(MessageSnapshot message, Block.Notice notice, String userId) {
        Set<DeviceRoom> excluded = new HashSet<>(members.roomsExcludedFromNew(message.conversationId(), message.seq()));
        notice.members()
                .forEach(member -> excluded.remove(
                        DeviceRoom.ofUser(message.tenantId(), member.user().id())));
        return rooms.to(conversation(message), DeviceRoom.ofUser(message.tenantId(), userId))
                .exceptRooms(excluded);
    }

    /** All devices of the users for whom a conversation was deleted. */
    public Audience<DeviceRoom, Device> ofDeletion(ConversationDeleted deleted) {
        Collection<String> users =
                deleted.userId() == null ? members.localMembers(deleted.conversationId()) : List.of(deleted.userId());
        return rooms.to(users.stream()
                .map(userId -> DeviceRoom.ofUser(deleted.tenantId(), userId))
                .toList());
    }

    /** The listeners other than the typing user. */
    public Audience<DeviceRoom, Device> others(TypingChanged typing) {
        return rooms.to(DeviceRoom.ofConversation(typing.conversationId()))
                .exceptRoom(DeviceRoom.ofUser(typing.tenantId(), typing.user().id()));
    }

    private Set<DeviceRoom> roomsExcludedFromQuoted(MessageSnapshot message) {
        ReplyReference quoted = message.replyTo();
        Long seq = quoted == null ? null : quoted.seq();
        return seq == null ? Set.of() : members.roomsExcludedFromEarlier(message.conversationId(), seq);
    }

    private static DeviceRoom conversation(MessageSnapshot message) {
        return DeviceRoom.ofConversation(message.conversationId());
    }
}
