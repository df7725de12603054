package dev.parley.presence.chatcore;

import dev.parley.events.MessageChange;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.presence.socketio.Event;
import dev.parley.surface.chatcore.MessageView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a message, in the events of chat-core clients. */
final class MessageChangeEvents {

    private record MessageUpdated(
            String messageId,
            String conversationId,
            @Nullable String text,
            @Nullable Instant editedAt) {}

    private record MessageName(String messageId, String conversationId) {}

    private MessageChangeEvents() {}

    static Event of(MessageChange change) {
        MessageView message = MessageView.of(change.message(), null);
        if (change instanceof MessageEdited) {
            return Event.of(
                    "message_updated",
                    new MessageUpdated(
                            message.id(),
                            message.conversationId(),
                            message.content().text(),
                            message.editedAt()));
        }
        if (change instanceof MessageDeleted) {
            return Event.of("message_deleted", new MessageName(message.id(), message.conversationId()));
        }
        throw new IllegalArgumentException("No event for " + change.getClass());
    }
}
