package dev.parley.presence.chatcore;

import dev.parley.events.PresenceChanged;
import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.live.Surface;
import dev.parley.presence.online.Observers;
import dev.parley.presence.socketio.Event;
import dev.parley.presence.socketio.Namespace;
import java.time.Instant;
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
    private final Observers observers;

    OnlineUsers(Namespace chat, Observers observers) {
        this.chat = chat;
        this.observers = observers;
    }

    @Override
    public void presenceChanged(PresenceChanged presence) {
        List<String> rooms = observers.of(presence.tenantId(), presence.userId()).stream()
                .map(userId -> RoomNames.ofUser(presence.tenantId(), userId))
                .toList();
        if (presence.status() == Status.ONLINE) {
            tell(rooms, Event.of("user_online", Map.of("userId", presence.userId())));
        } else if (presence.status() == Status.OFFLINE) {
            tell(rooms, Event.of("user_offline", new UserOffline(presence.userId(), presence.lastSeenAt())));
        }
        String status = presence.status().name().toLowerCase(Locale.ROOT);
        tell(rooms, Event.of("user_status", new UserStatus(presence.userId(), status, presence.lastSeenAt())));
    }

    private void tell(List<String> rooms, Event event) {
        chat.to(rooms).emit(event);
    }
}
