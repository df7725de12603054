package dev.parley.presence.socketio;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that is sent to clients.
 *
 * @param name its name
 * @param args its arguments: anything that Jackson can write. A {@code byte[]}, or a binary node within a JSON tree, is
 *     sent as a binary attachment; bytes within other objects are sent as Base64 text
 * @param droppable whether a slow reader may miss it (typing, presence)
 * @param offset its stream offset: sent as an additional last argument, which clients that recover their state send back
 *     when they reconnect. The same for all receivers of the event, so the event is still encoded once
 */
public record SocketIoEvent(
        String name,
        List<?> args,
        boolean droppable,
        @Nullable String offset) {

    public static SocketIoEvent of(String name, Object... args) {
        return new SocketIoEvent(name, Arrays.asList(args), false, null);
    }

    public SocketIoEvent asDroppable() {
        return new SocketIoEvent(name, args, true, offset);
    }

    public SocketIoEvent at(String offset) {
        return new SocketIoEvent(name, args, droppable, offset);
    }
}
