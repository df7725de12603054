package dev.parley.presence.live;

import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import java.util.List;
import java.util.function.Consumer;

/** Conversations that come, change and go. */
final class LiveConversations {

    /** The place before the first message. */
    private static final long BEGINNING = 0;

    private final Surfaces surfaces;
    private final MemberRooms rooms;

    LiveConversations(Surfaces surfaces, MemberRooms rooms) {
        this.surfaces = surfaces;
        this.rooms = rooms;
    }

    void tell(ConversationEvent event) {
        if (event instanceof ConversationAdvanced advanced) {
            all(surface -> surface.conversationChanged(advanced.tenantId(), advanced.conversationId(), null));
        } else if (event instanceof ConversationCreated created) {
            List<String> userIds = created.participants().stream()
                    .map(participant -> participant.user().id())
                    .toList();
            open(created.tenantId(), created.conversationId(), userIds);
        } else if (event instanceof ConversationReturned returned) {
            open(returned.tenantId(), returned.conversationId(), returned.userIds());
        } else if (event instanceof ConversationUpdated updated) {
            all(surface -> surface.conversationChanged(updated.tenantId(), updated.conversationId(), updated.userId()));
        } else if (event instanceof ConversationDeleted deleted) {
            all(surface -> surface.conversationDeleted(deleted));
            if (deleted.userId() == null) {
                rooms.close(deleted.tenantId(), deleted.conversationId());
            }
        }
    }

    private void open(String tenantId, String conversationId, List<String> userIds) {
        userIds.forEach(userId -> rooms.come(tenantId, userId, conversationId, BEGINNING));
        all(surface -> surface.conversationOpened(tenantId, conversationId, userIds));
    }

    private void all(Consumer<Surface> telling) {
        surfaces.tell(telling);
    }
}
