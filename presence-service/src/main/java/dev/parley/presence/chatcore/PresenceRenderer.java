package dev.parley.presence.chatcore;

import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.online.PresenceTransition;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes of users' statuses: {@code user_online}, {@code user_offline}, {@code user_status}, once to each device of the
 * users who share a conversation with them, or who newly do.
 */
final class PresenceRenderer implements EventRenderer {

    private record UserStatus(
            String userId, String status, @Nullable Instant lastSeenAt) {}

    private record UserOffline(String userId, @Nullable Instant lastSeenAt) {}

    private final ChatWire wire;

    PresenceRenderer(ChatWire wire) {
        this.wire = wire;
    }

    @Override
    public void presenceChanged(
            PresenceTransition presence,
            Collection<String> observers,
            @Nullable Instant lastSeenAt,
            EventContext context) {
        String userId = presence.user().userId();
        List<DeviceRoom> rooms = rooms(presence.user().tenantId(), observers);
        if (presence.cameOnline()) {
            sendOnline(rooms, userId, context);
        } else if (presence.wentOffline()) {
            wire.emit(context, context.to(rooms), "user_offline", new UserOffline(userId, lastSeenAt));
        }
        String status = presence.now().name().toLowerCase(Locale.ROOT);
        wire.emit(context, context.to(rooms), "user_status", new UserStatus(userId, status, lastSeenAt));
    }

    @Override
    public void presenceRevealed(UserKey online, Collection<String> observers, EventContext context) {
        sendOnline(rooms(online.tenantId(), observers), online.userId(), context);
    }

    private static List<DeviceRoom> rooms(String tenantId, Collection<String> userIds) {
        return userIds.stream()
                .map(userId -> DeviceRoom.ofUser(tenantId, userId))
                .toList();
    }

    private void sendOnline(List<DeviceRoom> rooms, String userId, EventContext context) {
        wire.emit(context, context.to(rooms), "user_online", Map.of("userId", userId));
    }
}
