package dev.parley.presence.chatcore;

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
import dev.parley.presence.socketio.Namespace;
import dev.parley.presence.transport.Recipient;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.ParticipantView;
import java.util.ArrayList;
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
            @Nullable String senderAvatarUrl) {}

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

    private final Namespace chat;
    private final Deliveries deliveries;
    private final MemberRooms rooms;

    NewMessages(Namespace chat, Deliveries deliveries, MemberRooms rooms) {
        this.rooms = rooms;
        this.chat = chat;
        this.deliveries = deliveries;
    }

    @Override
    public void messageCreated(MessageCreated created) {
        MessageSnapshot message = created.message();
        String conversation = RoomNames.ofConversation(message.conversationId());
        String sender = RoomNames.ofUser(message.tenantId(), message.sender().id());
        chat.to(sender).emit("new_message", newMessage(message, created.clientId()));
        Set<String> blind = blindToAnswered(message);
        List<Recipient> reached = new ArrayList<>(chat.to(conversation)
                .exceptRoom(sender)
                .exceptRooms(blind)
                .reach(Event.of("new_message", newMessage(message, null))));
        if (!blind.isEmpty()) {
            reached.addAll(chat.to(blind)
                    .onlyIn(conversation)
                    .exceptRoom(sender)
                    .reach(Event.of("new_message", newMessage(message.withoutPreview(), null))));
        }
        deliveries.handed(message, reached);
    }

    /** The rooms of the members who cannot see what a message answers. */
    private Set<String> blindToAnswered(MessageSnapshot message) {
        ReplyReference answered = message.replyTo();
        Long seq = answered == null ? null : answered.seq();
        return seq == null ? Set.of() : rooms.blindTo(message.conversationId(), seq);
    }

    private static NewMessage newMessage(MessageSnapshot message, @Nullable String tempId) {
        UserSummary sender = message.sender();
        return new NewMessage(MessageView.of(message, tempId), tempId, sender.displayName(), sender.avatarUrl());
    }

    @Override
    public void membersCame(MessageSnapshot message, Block.Notice notice) {
        for (Participant member : notice.members()) {
            UserSummary user = member.user();
            chat.to(RoomNames.ofConversation(message.conversationId()))
                    .emit(
                            "participant_joined",
                            new ParticipantJoined(
                                    message.conversationId(),
                                    user.id(),
                                    user.displayName(),
                                    user.username(),
                                    user.avatarUrl(),
                                    ParticipantView.role(member.role()),
                                    message.sender().id()));
        }
    }

    /** Also the devices of those who go, whether they listened or not. */
    @Override
    public void membersGo(MessageSnapshot message, Block.Notice notice) {
        boolean removed = notice.kind() == Block.NoticeKind.MEMBER_REMOVED;
        for (Participant member : notice.members()) {
            UserSummary user = member.user();
            chat.to(RoomNames.ofConversation(message.conversationId()), RoomNames.ofUser(message.tenantId(), user.id()))
                    .emit(
                            "participant_left",
                            new ParticipantLeft(
                                    message.conversationId(),
                                    user.id(),
                                    user.displayName(),
                                    removed ? message.sender().id() : null,
                                    removed ? message.sender().displayName() : null));
        }
    }
}
