package dev.parley.presence.session;

import dev.parley.events.SessionEnded;
import dev.parley.platform.security.RevokedSessions;
import dev.parley.platform.security.SessionEndListener;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.transport.CloseReason;
import org.springframework.stereotype.Component;

/** Closes the devices of sign-ins that were revoked, also of devices that connect at that moment. */
@Component
final class RevokedSignIns implements SessionEndListener {

    private final RoomRegistry rooms;
    private final RevokedSessions revoked;

    RevokedSignIns(RoomRegistry rooms, RevokedSessions revoked) {
        this.revoked = revoked;
        this.rooms = rooms;
    }

    /** A device that first enters its rooms and then calls this is either closed by {@link #ended} or gets true here. */
    boolean contains(ConnectedUser user) {
        return revoked.contains(user.sessionId());
    }

    @Override
    public void ended(SessionEnded signIn) {
        rooms.devices().membersOf(DeviceRoom.ofUser(signIn.tenantId(), signIn.userId())).stream()
                .filter(device -> device.user().sessionId().equals(signIn.sessionId()))
                .forEach(device -> device.close(CloseReason.REVOKED));
    }
}
