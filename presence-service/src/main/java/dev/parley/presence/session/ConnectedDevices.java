package dev.parley.presence.session;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.membership.JoinedConversations;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.online.LocalPresence;
import dev.parley.presence.stream.WithheldMessages;
import dev.parley.presence.typing.TypingSignals;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Adds devices to the rooms of their users and conversations, and removes them. */
@Component
final class ConnectedDevices {

    private final MemberRooms members;
    private final LocalPresence presence;
    private final TypingSignals typing;
    private final WithheldMessages withheld;

    ConnectedDevices(MemberRooms members, LocalPresence presence, TypingSignals typing, WithheldMessages withheld) {
        this.withheld = withheld;
        this.members = members;
        this.presence = presence;
        this.typing = typing;
    }

    /** A device can be sent events from now on. */
    void connected(ConnectedDevice device, JoinedConversations joined) {
        members.deviceConnected(device);
        presence.connected(device, joined.fromSeqs());
        withheld.connected(device.user().key(), joined.hidden());
    }

    /** The conversations whose events a device is sent. */
    Set<String> listenedTo(ConnectedDevice device) {
        return members.listenedTo(device);
    }

    void used(ConnectedDevice device) {
        presence.used(device);
    }

    /** A device can no longer be sent events. */
    void unreachable(ConnectedDevice device) {
        members.deviceUnreachable(device);
    }

    /** A device is gone. */
    void disconnected(ConnectedDevice device) {
        members.deviceUnreachable(device);
        typing.disconnected(device);
        presence.disconnected(device);
    }
}
