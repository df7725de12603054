package dev.parley.presence.chatcore;

import dev.parley.events.MessageChange;
import dev.parley.events.MessageHidden;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.live.Surface;
import dev.parley.presence.socketio.Namespace;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What becomes of messages. */
@Component
final class ChangedMessages implements Surface {

    private final Namespace chat;

    ChangedMessages(Namespace chat) {
        this.chat = chat;
    }

    @Override
    public void messageChanged(MessageChange change) {
        chat.to(RoomNames.ofConversation(change.conversationId())).emit(MessageChangeEvents.of(change));
    }

    @Override
    public void messageHidden(MessageHidden hidden) {
        chat.to(RoomNames.ofUser(hidden.tenantId(), hidden.userId()))
                .emit(
                        "message_deleted_for_me",
                        Map.of("messageId", hidden.messageId(), "conversationId", hidden.conversationId()));
    }
}
