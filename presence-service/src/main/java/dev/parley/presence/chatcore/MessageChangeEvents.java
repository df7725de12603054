package dev.parley.presence.chatcore;

import dev.parley.events.MessageChange;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessagePinned;
import dev.parley.events.MessageUnpinned;
import dev.parley.events.ReactionChanged;
import dev.parley.presence.socketio.Event;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.ReactionView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a message, in the events of chat-core clients. */
final class MessageChangeEvents {

    private record MessageUpdated(
            String messageId,
            String conversationId,
            @Nullable String text,
            @Nullable Instant editedAt) {}

    private record MessageName(String messageId, String conversationId) {}

    private record ReactionUpdated(String messageId, String conversationId, List<ReactionView> reactions) {}

    private record PinUpdated(
            String messageId,
            String conversationId,
            boolean isPinned,
            @Nullable String pinnedBy,
            @Nullable Instant pinnedAt) {}

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
        if (change instanceof ReactionChanged) {
            return Event.of(
                    "reaction_updated",
                    new ReactionUpdated(message.id(), message.conversationId(), message.reactions()));
        }
        if (change instanceof MessagePinned || change instanceof MessageUnpinned) {
            return Event.of(
                    "message_pin_updated",
                    new PinUpdated(
                            message.id(),
                            message.conversationId(),
                            message.isPinned(),
                            message.pinnedBy(),
                            message.pinnedAt()));
        }
        throw new IllegalArgumentException("No event for " + change.getClass());
    }
}
