package dev.parley.presence.session;

import dev.parley.events.SessionEnded;
import dev.parley.platform.security.RevokedSessions;
import dev.parley.platform.security.SessionEndListener;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.transport.CloseReason;
import org.springframework.stereotype.Component;

/** Closes the devices of sign-ins that were ended, and knows the sign-ins, so that no device stays that connects meanwhile. */
@Component
final class EndedSessions implements SessionEndListener {

    private final RoomRegistry rooms;
    private final RevokedSessions ended;

    EndedSessions(RoomRegistry rooms, RevokedSessions ended) {
        this.ended = ended;
        this.rooms = rooms;
    }

    /** A device that entered its rooms and then asks here is either found by {@link #ended} or answered with true. */
    boolean contains(ConnectedUser user) {
        return ended.contains(user.sessionId());
    }

    @Override
    public void ended(SessionEnded session) {
        rooms.devices().in(DeviceRoom.ofUser(session.tenantId(), session.userId())).stream()
                .filter(device -> device.user().sessionId().equals(session.sessionId()))
                .forEach(device -> device.close(CloseReason.REVOKED));
    }
}
