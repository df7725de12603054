package dev.parley.presence.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.events.Block;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.ReplyReference;
import dev.parley.events.UserSummary;
import dev.parley.presence.delivery.Deliveries;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.live.Surface;
import dev.parley.presence.socketio.Event;
import dev.parley.presence.transport.Recipient;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.ParticipantView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Messages that are new, and who comes and goes with them. */
@Component
final class NewMessages implements Surface {

    /** @param tempId only for the sender's own devices */
    private record NewMessage(
            MessageView message,
            @Nullable String tempId,
            String senderName,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String senderAvatarUrl) {}

    private record ParticipantJoined(
            String conversationId,
            String userId,
            String displayName,
            String username,
            @Nullable String avatarUrl,
            String role,
            String addedBy) {}

    private record ParticipantLeft(
            String conversationId,
            String userId,
            String displayName,
            @Nullable String removedBy,
            @Nullable String removedByName) {}

    private final Stream stream;
    private final Deliveries deliveries;
    private final MemberRooms rooms;

    NewMessages(Stream stream, Deliveries deliveries, MemberRooms rooms) {
        this.rooms = rooms;
        this.stream = stream;
        this.deliveries = deliveries;
    }

    /** Nobody who does not see the place: members may be known as such before the notice is read with which they came. */
    @Override
    public void messageCreated(MessageCreated created) {
        MessageSnapshot message = created.message();
        String conversation = RoomNames.ofConversation(message.conversationId());
        String sender = RoomNames.ofUser(message.tenantId(), message.sender().id());
        Set<String> without = rooms.blindTo(message.conversationId(), message.seq());
        Set<String> blind = new HashSet<>(blindToAnswered(message));
        blind.removeAll(without);
        List<Recipient> reached = new ArrayList<>(stream.to(conversation)
                .exceptRoom(sender)
                .exceptRooms(without)
                .exceptRooms(blind)
                .reach(told(newMessage(message, null))));
        if (!blind.isEmpty()) {
            reached.addAll(stream.to(blind)
                    .onlyIn(conversation)
                    .exceptRoom(sender)
                    .reach(told(newMessage(message.withoutReplyPreview(), null))));
        }
        deliveries.handed(message, reached);
        // Last: who sent it knows already.
        stream.to(sender).emit(told(newMessage(message, created.clientId())));
    }

    /** The rooms of the members who cannot see what a message answers. */
    private Set<String> blindToAnswered(MessageSnapshot message) {
        ReplyReference answered = message.replyTo();
        Long seq = answered == null ? null : answered.seq();
        return seq == null ? Set.of() : rooms.blindToEarlier(message.conversationId(), seq);
    }

    /** Each client is told one of them. */
    private Event told(NewMessage message) {
        return stream.event(0, "new_message", message);
    }

    private static NewMessage newMessage(MessageSnapshot message, @Nullable String tempId) {
        UserSummary sender = message.sender();
        return new NewMessage(MessageView.of(message, tempId), tempId, sender.displayName(), sender.avatarUrl());
    }

    @Override
    public void membersCame(MessageSnapshot message, Block.Notice notice) {
        Set<String> without = rooms.blindTo(message.conversationId(), message.seq());
        int part = 0;
        for (Participant member : notice.members()) {
            UserSummary user = member.user();
            stream.to(RoomNames.ofConversation(message.conversationId()))
                    .exceptRooms(without)
                    .emit(stream.event(
                            ++part,
                            "participant_joined",
                            new ParticipantJoined(
                                    message.conversationId(),
                                    user.id(),
                                    user.displayName(),
                                    user.username(),
                                    user.avatarUrl(),
                                    ParticipantView.role(member.role()),
                                    message.sender().id())));
        }
    }

    /** Also the devices of those who go, whether they listened or not. */
    @Override
    public void membersGo(MessageSnapshot message, Block.Notice notice) {
        Set<String> without = new HashSet<>(rooms.blindTo(message.conversationId(), message.seq()));
        notice.members()
                .forEach(member -> without.remove(
                        RoomNames.ofUser(message.tenantId(), member.user().id())));
        boolean removed = notice.kind() == Block.NoticeKind.MEMBER_REMOVED;
        int part = 0;
        for (Participant member : notice.members()) {
            UserSummary user = member.user();
            stream.to(
                            RoomNames.ofConversation(message.conversationId()),
                            RoomNames.ofUser(message.tenantId(), user.id()))
                    .exceptRooms(without)
                    .emit(stream.event(
                            ++part,
                            "participant_left",
                            new ParticipantLeft(
                                    message.conversationId(),
                                    user.id(),
                                    user.displayName(),
                                    removed ? message.sender().id() : null,
                                    removed ? message.sender().displayName() : null)));
        }
    }
}
