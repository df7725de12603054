package dev.parley.presence.chatcore;

import dev.parley.presence.live.PresenceTransition;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.live.Surface;
import dev.parley.presence.socketio.Event;
import dev.parley.presence.socketio.Namespace;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Users who come and go: told to those who share a conversation with them, once, however many they share. */
@Component
final class OnlineUsers implements Surface {

    private record UserStatus(
            String userId, String status, @Nullable Instant lastSeenAt) {}

    private record UserOffline(String userId, @Nullable Instant lastSeenAt) {}

    private final Namespace chat;

    OnlineUsers(Namespace chat) {
        this.chat = chat;
    }

    @Override
    public void presenceChanged(
            PresenceTransition presence, Collection<String> observers, @Nullable Instant lastSeenAt) {
        List<String> rooms = observers.stream()
                .map(userId -> RoomNames.ofUser(presence.tenantId(), userId))
                .toList();
        if (presence.came()) {
            tell(rooms, Event.of("user_online", Map.of("userId", presence.userId())));
        } else if (presence.went()) {
            tell(rooms, Event.of("user_offline", new UserOffline(presence.userId(), lastSeenAt)));
        }
        String status = presence.now().name().toLowerCase(Locale.ROOT);
        tell(rooms, Event.of("user_status", new UserStatus(presence.userId(), status, lastSeenAt)));
    }

    private void tell(List<String> rooms, Event event) {
        chat.to(rooms).emit(event);
    }
}
