package dev.parley.presence.chatcore;

import dev.parley.events.ConversationDeleted;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import java.util.Map;

/** Conversations that were deleted for one user or for all members: {@code conversation_deleted}. */
final class ConversationDeletionRenderer implements EventRenderer {

    private final ChatWire wire;

    ConversationDeletionRenderer(ChatWire wire) {
        this.wire = wire;
    }

    @Override
    public void conversationDeleted(ConversationDeleted deleted, EventContext context) {
        wire.emit(
                context,
                context.audiences().ofDeletion(deleted),
                "conversation_deleted",
                Map.of("conversationId", deleted.conversationId()));
    }
}
