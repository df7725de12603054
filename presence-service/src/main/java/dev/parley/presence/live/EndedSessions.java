package dev.parley.presence.live;

import dev.parley.events.SessionEnded;
import dev.parley.platform.security.RevokedSessions;
import dev.parley.platform.security.SessionEndListener;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.transport.Rooms;
import dev.parley.presence.user.ConnectedUser;
import org.springframework.stereotype.Component;

/** Closes the sockets of sign-ins that were ended, and keeps out who comes with them afterwards. */
@Component
public final class EndedSessions implements SessionEndListener {

    private final Rooms rooms;
    private final RevokedSessions ended;

    EndedSessions(Rooms rooms, RevokedSessions ended) {
        this.ended = ended;
        this.rooms = rooms;
    }

    /** Whoever enters the room of the user's devices, then asks here, is either found by {@link #ended} or told so. */
    public boolean contains(ConnectedUser user) {
        return ended.contains(user.sessionId());
    }

    /** Closes what was opened with it. */
    @Override
    public void ended(SessionEnded session) {
        for (Recipient device : rooms.in(RoomNames.ofUser(session.tenantId(), session.userId()))) {
            if (device.owner() instanceof ConnectedUser user && user.sessionId().equals(session.sessionId())) {
                device.close(CloseReason.REVOKED);
            }
        }
    }
}
