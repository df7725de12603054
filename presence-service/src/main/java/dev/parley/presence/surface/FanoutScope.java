package dev.parley.presence.surface;

import dev.parley.presence.delivery.DeliveryTracker;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.transport.Fanout;

/**
 * The devices to which an event can be sent, and the way to them: all devices of this node for a live event, a single
 * device for a replay.
 */
public record FanoutScope(RoomRegistry rooms, MemberRooms members, Fanout fanout, DeliveryTracker deliveries) {

    /** The same way to the devices of other rooms. */
    public FanoutScope in(RoomRegistry otherRooms) {
        return new FanoutScope(otherRooms, members.in(otherRooms), fanout, deliveries);
    }
}
