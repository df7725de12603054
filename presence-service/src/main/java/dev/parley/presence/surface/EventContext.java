package dev.parley.presence.surface;

import dev.parley.events.MessageSnapshot;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.transport.Audience;
import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.WireForm;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * All that a renderer needs to send one event: who is in which room, where the event stands in the stream, and the way to the
 * devices. Of the thread that handles the event.
 */
public final class EventContext {

    private final FanoutScope scope;
    private final @Nullable IntFunction<String> offsets;

    private EventContext(FanoutScope scope, @Nullable IntFunction<String> offsets) {
        this.scope = scope;
        this.offsets = offsets;
    }

    /** For what is not replayed: it has no place in the stream. */
    public static EventContext unrecorded(FanoutScope scope) {
        return new EventContext(scope, null);
    }

    /** @param offsets the stream offset of each part that the event is sent in */
    public static EventContext at(FanoutScope scope, IntFunction<String> offsets) {
        return new EventContext(scope, offsets);
    }

    public MemberRooms members() {
        return scope.members();
    }

    /** The devices in at least one of these rooms. */
    public Audience<DeviceRoom, Device> to(DeviceRoom... rooms) {
        return scope.rooms().to(rooms);
    }

    /** The devices in at least one of these rooms; none if there is no room. */
    public Audience<DeviceRoom, Device> to(Collection<? extends DeviceRoom> rooms) {
        return scope.rooms().to(rooms);
    }

    /**
     * Sends to those of an audience that read this form, encoded once.
     *
     * @param part which of the sendings of this event to one device it is, from 0 on: the same each time the event is
     *     rendered, and no two for one device are the same
     * @param encoder is given the stream offset, null where there is none
     * @return the devices that it was handed to
     */
    public List<Device> send(
            Audience<DeviceRoom, Device> audience,
            WireForm form,
            int part,
            Function<@Nullable String, Message> encoder) {
        List<Device> devices = audience.recipients().stream()
                .filter(device -> device.form() == form)
                .toList();
        if (!devices.isEmpty()) {
            Message message = encoder.apply(offsets == null ? null : offsets.apply(part));
            scope.fanout().send(devices, wanted -> message);
        }
        return devices;
    }

    /** Tracks whether a message reaches these devices, of others than its sender, and has it reported. */
    public void trackDelivery(MessageSnapshot message, List<Device> devices) {
        scope.deliveries().handed(message, devices);
    }
}
