package dev.parley.presence.chatcore;

import dev.parley.presence.live.PresenceTransition;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.live.Surface;
import dev.parley.presence.online.Observers;
import dev.parley.presence.socketio.Event;
import dev.parley.presence.socketio.Namespace;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Users who come and go: told to those who share a conversation with them, or come to share one, once, however many. */
@Component
final class OnlineUsers implements Surface {

    private record UserStatus(
            String userId, String status, @Nullable Instant lastSeenAt) {}

    private record UserOffline(String userId, @Nullable Instant lastSeenAt) {}

    private final Namespace chat;
    private final Observers observers;

    OnlineUsers(Namespace chat, Observers observers) {
        this.chat = chat;
        this.observers = observers;
    }

    @Override
    public void presenceChanged(
            PresenceTransition presence, Collection<String> observers, @Nullable Instant lastSeenAt) {
        List<String> rooms = rooms(presence.tenantId(), observers);
        if (presence.came()) {
            tell(rooms, online(presence.userId()));
        } else if (presence.went()) {
            tell(rooms, Event.of("user_offline", new UserOffline(presence.userId(), lastSeenAt)));
        }
        String status = presence.now().name().toLowerCase(Locale.ROOT);
        tell(rooms, Event.of("user_status", new UserStatus(presence.userId(), status, lastSeenAt)));
    }

    /** Those who come to share a conversation see each other from now on. */
    @Override
    public void conversationOpened(String tenantId, String conversationId, Collection<String> userIds) {
        observers
                .met(tenantId, conversationId, userIds)
                .forEach((userId, strangers) -> tell(rooms(tenantId, strangers), online(userId)));
    }

    private static List<String> rooms(String tenantId, Collection<String> userIds) {
        return userIds.stream()
                .map(userId -> RoomNames.ofUser(tenantId, userId))
                .toList();
    }

    private static Event online(String userId) {
        return Event.of("user_online", Map.of("userId", userId));
    }

    private void tell(List<String> rooms, Event event) {
        chat.to(rooms).emit(event);
    }
}
