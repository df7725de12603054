package dev.parley.presence.membership;

import dev.parley.presence.device.Device;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.transport.Audience;
import dev.parley.presence.transport.Rooms;
import java.util.Collection;
import java.util.List;

/**
 * All rooms of this node: its devices by user and by conversation, its users by conversation, and the users who are online
 * at any node by conversation. Safe for any thread.
 */
public final class RoomRegistry {

    private final Rooms<DeviceRoom, Device> devices = new Rooms<>();
    private final Rooms<String, LocalUser> localUsers = new Rooms<>();
    private final Rooms<String, UserKey> onlineUsers = new Rooms<>();

    /** The devices that are connected to this node. */
    public Rooms<DeviceRoom, Device> devices() {
        return devices;
    }

    /**
     * The users with a device at this node, by the conversations of which they are members, whether a device listens or
     * not.
     */
    Rooms<String, LocalUser> localUsers() {
        return localUsers;
    }

    /** The users with a device at any node, by the conversations of which they are members. */
    Rooms<String, UserKey> onlineUsers() {
        return onlineUsers;
    }

    /** The devices in at least one of these rooms. */
    public Audience<DeviceRoom, Device> to(DeviceRoom... rooms) {
        return Audience.of(devices, List.of(rooms));
    }

    /** The devices in at least one of these rooms; none if there is no room. */
    public Audience<DeviceRoom, Device> to(Collection<? extends DeviceRoom> rooms) {
        return Audience.of(devices, rooms);
    }

    /** How many rooms have a member. */
    public int count() {
        return devices.roomCount() + localUsers.roomCount() + onlineUsers.roomCount();
    }
}
