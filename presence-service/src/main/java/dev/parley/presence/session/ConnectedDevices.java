package dev.parley.presence.session;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.online.LocalPresence;
import dev.parley.presence.typing.TypingSignals;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Puts devices into the rooms of their users and conversations, and takes them out again. */
@Component
final class ConnectedDevices {

    private final MemberRooms members;
    private final LocalPresence presence;
    private final TypingSignals typing;

    ConnectedDevices(MemberRooms members, LocalPresence presence, TypingSignals typing) {
        this.members = members;
        this.presence = presence;
        this.typing = typing;
    }

    /**
     * A device can be reached from now on.
     *
     * @param fromSeqs the conversations of its user, with the first visible {@code seq} of each
     * @return the conversations that it listens to
     */
    Set<String> connected(ConnectedDevice device, Map<String, Long> fromSeqs) {
        members.enter(device);
        presence.connected(device, fromSeqs);
        return members.listenedTo(device);
    }

    void used(ConnectedDevice device) {
        presence.used(device);
    }

    /** A device cannot be reached any more. */
    void unreachable(ConnectedDevice device) {
        members.exit(device);
    }

    /** A device is gone. */
    void disconnected(ConnectedDevice device) {
        members.exit(device);
        typing.disconnected(device);
        presence.disconnected(device);
    }
}
