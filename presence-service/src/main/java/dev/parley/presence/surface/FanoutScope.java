package dev.parley.presence.surface;

import dev.parley.presence.delivery.DeliveryTracker;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.transport.Fanout;

/**
 * The devices that an event can be sent to, and the way to them: all devices of this node while it is live, one device alone
 * while it is replayed.
 */
public record FanoutScope(RoomRegistry rooms, MemberRooms members, Fanout fanout, DeliveryTracker deliveries) {

    /** The same way to devices in rooms of their own. */
    public FanoutScope with(RoomRegistry otherRooms, MemberRooms otherMembers) {
        return new FanoutScope(otherRooms, otherMembers, fanout, deliveries);
    }
}
