package dev.parley.presence.chatcore;

import dev.parley.presence.device.Device;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.socketio.SocketIoEvent;
import dev.parley.presence.socketio.SocketIoForm;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.transport.Audience;
import java.util.List;
import java.util.function.Supplier;

/** Sends Socket.IO events to the chat-core devices of an audience. */
record ChatWire(SocketIoForm form) {

    /** Sends an event, and returns the devices to which it was handed. */
    List<Device> emit(EventContext context, Audience<DeviceRoom, Device> audience, String name, Object body) {
        return emit(context, audience, 0, name, body);
    }

    /** The same with a body that is made only if somebody receives it. */
    List<Device> emit(EventContext context, Audience<DeviceRoom, Device> audience, String name, Supplier<?> body) {
        return emit(context, audience, 0, () -> SocketIoEvent.of(name, body.get()));
    }

    /** @param part see {@link EventContext#send} */
    List<Device> emit(EventContext context, Audience<DeviceRoom, Device> audience, int part, String name, Object body) {
        return emit(context, audience, part, () -> SocketIoEvent.of(name, body));
    }

    List<Device> emit(
            EventContext context, Audience<DeviceRoom, Device> audience, int part, Supplier<SocketIoEvent> event) {
        return context.send(
                audience,
                form,
                part,
                offset -> form.event(offset == null ? event.get() : event.get().at(offset)));
    }
}
