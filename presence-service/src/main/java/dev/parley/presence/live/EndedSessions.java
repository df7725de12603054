package dev.parley.presence.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.SessionEnded;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.transport.Rooms;
import dev.parley.presence.user.ConnectedUser;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * The sign-ins that were ended. A token says nothing of it until it expires, so they are remembered for longer than a token
 * lives.
 */
@Component
public final class EndedSessions {

    private static final Duration REMEMBERED = Duration.ofHours(2);
    private static final long MAX_REMEMBERED = 200_000;

    private final Rooms rooms;
    private final Cache<String, Boolean> ended = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    EndedSessions(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Whoever enters the room of the user's devices, then asks here, is either found by {@link #end} or told so. */
    public boolean contains(ConnectedUser user) {
        return ended.getIfPresent(user.sessionId()) != null;
    }

    /** Closes what was opened with it. */
    public void end(SessionEnded session) {
        ended.put(session.sessionId(), true);
        for (Recipient device : rooms.in(RoomNames.ofUser(session.tenantId(), session.userId()))) {
            if (device.owner() instanceof ConnectedUser user && user.sessionId().equals(session.sessionId())) {
                device.close(CloseReason.REVOKED);
            }
        }
    }
}
