package dev.parley.presence.surface;

import dev.parley.events.MessageSnapshot;
import dev.parley.presence.delivery.SentMessage;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.transport.Audience;
import dev.parley.presence.transport.WireForm;
import dev.parley.presence.transport.WireMessage;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a renderer needs to send one event: who is in which room, the stream offset of the event, and the
 * devices. Used by the thread that handles the event.
 */
public final class EventContext {

    private final FanoutScope scope;
    private final @Nullable IntFunction<String> offsets;

    /** Who is not sent a new message, though a member. */
    private final Set<DeviceRoom> withoutUsers;

    private final FanoutTrace trace;

    private EventContext(
            FanoutScope scope, @Nullable IntFunction<String> offsets, Set<DeviceRoom> withoutUsers, FanoutTrace trace) {
        this.trace = trace;
        this.scope = scope;
        this.offsets = offsets;
        this.withoutUsers = withoutUsers;
    }

    /** For events that are not replayed: they have no stream offset. */
    public static EventContext unrecorded(FanoutScope scope) {
        return new EventContext(scope, null, Set.of(), FanoutTrace.NONE);
    }

    /** @param offsets gives the stream offset of each part in which the event is sent */
    public static EventContext at(FanoutScope scope, IntFunction<String> offsets) {
        return new EventContext(scope, offsets, Set.of(), FanoutTrace.NONE);
    }

    /** The same, shown in a trace. */
    public EventContext shownIn(FanoutTrace shown) {
        return shown == trace ? this : new EventContext(scope, offsets, withoutUsers, shown);
    }

    /** The same for a new message that these users are sent later. */
    public EventContext withoutUsers(Set<DeviceRoom> users) {
        return new EventContext(scope, offsets, users, trace);
    }

    public MemberRooms members() {
        return scope.members();
    }

    /** Which devices are sent an event, by what their users may see. */
    public EventAudiences audiences() {
        return new EventAudiences(scope.rooms(), scope.members(), withoutUsers);
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
     * Sends to the devices of an audience that read this form; encoded once.
     *
     * @param part which of the messages that this event causes on one device it is, from 0 on: the same each time the event
     *     is rendered, and different for each message to one device
     * @param encoder receives the stream offset; null if there is none
     * @return the devices to which it was handed
     */
    public List<Device> send(
            Audience<DeviceRoom, Device> audience,
            WireForm form,
            int part,
            Function<@Nullable String, WireMessage> encoder) {
        List<Device> devices = audience.recipients().stream()
                .filter(device -> device.form() == form)
                .toList();
        if (!devices.isEmpty()) {
            WireMessage message = encoder.apply(offsets == null ? null : offsets.apply(part));
            scope.fanout().send(devices, same -> message, trace.writes());
        }
        return devices;
    }

    /** Tracks whether a message reaches these devices, which are not the sender's, and has it reported. */
    public void trackDelivery(MessageSnapshot message, List<Device> devices) {
        scope.deliveries().sent(SentMessage.of(message), devices);
    }

    /** The same for a view that shows a message, which mostly was sent before. */
    public void trackShown(SentMessage message, List<Device> devices) {
        scope.deliveries().shown(message, devices);
    }
}
