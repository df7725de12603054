package dev.parley.presence.chatcore;

import dev.parley.events.MessageChange;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageHidden;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.live.Surface;
import dev.parley.presence.socketio.Audience;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What becomes of messages. */
@Component
final class ChangedMessages implements Surface {

    private final Stream stream;
    private final MemberRooms rooms;

    ChangedMessages(Stream stream, MemberRooms rooms) {
        this.rooms = rooms;
        this.stream = stream;
    }

    /** A deletion, which says nothing of the message, also to members who cannot see it now: they may have seen it. */
    @Override
    public void messageChanged(MessageChange change) {
        String conversationId = change.conversationId();
        Audience listeners = stream.to(RoomNames.ofConversation(conversationId));
        if (!(change instanceof MessageDeleted)) {
            listeners = listeners.exceptRooms(
                    rooms.blindToEarlier(conversationId, change.message().seq()));
        }
        listeners.emit(stream.at(0, MessageChangeEvents.of(change)));
    }

    @Override
    public void messageHidden(MessageHidden hidden) {
        stream.to(RoomNames.ofUser(hidden.tenantId(), hidden.userId()))
                .emit(stream.event(
                        0,
                        "message_deleted_for_me",
                        Map.of("messageId", hidden.messageId(), "conversationId", hidden.conversationId())));
    }
}
