package dev.parley.presence.socketio;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A packet from a client.
 *
 * @param type its type
 * @param binary whether it came with binary attachments
 * @param namespace the namespace that it is for
 * @param id the id of the acknowledgement; null if none is wanted
 * @param data its payload
 * @param size about how much memory it takes, for limits
 */
record Packet(
        Type type,
        boolean binary,
        String namespace,
        @Nullable Long id,
        @Nullable JsonNode data,
        int size) {

    enum Type {
        CONNECT,
        DISCONNECT,
        EVENT,
        ACK
    }

    /** Event names that clients use locally and never send. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    Packet {
        boolean valid =
                switch (type) {
                    case CONNECT -> data == null || data.isObject();
                    case DISCONNECT -> data == null;
                    case EVENT -> isEvent(data);
                    case ACK -> id != null && data instanceof ArrayNode;
                };
        if (!valid) {
            throw new MalformedPacket("invalid payload");
        }
    }

    /** The payload of a CONNECT packet. */
    @Nullable ObjectNode auth() {
        return (ObjectNode) data;
    }

    String event() {
        return array().get(0).asString();
    }

    /** The arguments of an event, without its name, or of an acknowledgement. */
    List<JsonNode> args() {
        List<JsonNode> all = array().values().stream().toList();
        return type == Type.EVENT ? all.subList(1, all.size()) : all;
    }

    private ArrayNode array() {
        if (data instanceof ArrayNode array) {
            return array;
        }
        throw new MalformedPacket("no arguments");
    }

    private static boolean isEvent(@Nullable JsonNode data) {
        return data instanceof ArrayNode array
                && !array.isEmpty()
                && array.get(0).isString()
                && !RESERVED.contains(array.get(0).asString());
    }
}
