package dev.parley.presence.chatcore;

import dev.parley.events.ConversationDeleted;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.live.Surface;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Conversations that somebody, or nobody, has any more. */
@Component
final class DeletedConversations implements Surface {

    private final Stream stream;
    private final MemberRooms rooms;

    DeletedConversations(Stream stream, MemberRooms rooms) {
        this.stream = stream;
        this.rooms = rooms;
    }

    @Override
    public void conversationDeleted(ConversationDeleted deleted) {
        List<String> users = deleted.userId() == null
                ? List.copyOf(rooms.present(deleted.conversationId()))
                : List.of(deleted.userId());
        List<String> devices = users.stream()
                .map(userId -> RoomNames.ofUser(deleted.tenantId(), userId))
                .toList();
        stream.to(devices)
                .emit(stream.event(0, "conversation_deleted", Map.of("conversationId", deleted.conversationId())));
    }
}
