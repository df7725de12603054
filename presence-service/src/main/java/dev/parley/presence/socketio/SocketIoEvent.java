package dev.parley.presence.socketio;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something told to clients.
 *
 * @param name the event's name
 * @param args its arguments: anything that Jackson writes. A {@code byte[]}, or a binary node within a JSON tree, goes
 *     as a binary attachment; bytes within other objects go as Base64 text
 * @param droppable whether a client that reads slowly may miss it (typing, presence)
 * @param offset where the event stands in its stream: sent as one more argument at the end, which clients that recover
 *     their state give back when they return. The same for all who get the event, so it is still encoded once
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
