package dev.parley.presence.chatcore;

import dev.parley.events.ConversationDeleted;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Conversations that were deleted for one user or for all members: {@code conversation_deleted}. */
final class ConversationDeletionRenderer implements EventRenderer {

    private final ChatWire wire;

    ConversationDeletionRenderer(ChatWire wire) {
        this.wire = wire;
    }

    @Override
    public void conversationDeleted(ConversationDeleted deleted, EventContext context) {
        Collection<String> users = deleted.userId() == null
                ? context.members().localMembers(deleted.conversationId())
                : List.of(deleted.userId());
        List<DeviceRoom> devices = users.stream()
                .map(userId -> DeviceRoom.ofUser(deleted.tenantId(), userId))
                .toList();
        wire.emit(
                context,
                context.to(devices),
                "conversation_deleted",
                Map.of("conversationId", deleted.conversationId()));
    }
}
