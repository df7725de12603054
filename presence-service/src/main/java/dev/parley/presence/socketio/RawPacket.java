package dev.parley.presence.socketio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet of which only the head was read. Its JSON is parsed once it is known that somebody takes it, because parsed
 * JSON needs many times the memory of its text.
 *
 * @param type its type
 * @param binary whether its placeholders stand for attachments
 * @param announced how many binary packets follow it
 * @param namespace the namespace that it is for
 * @param id the id of the acknowledgement; null if none is wanted
 * @param json its payload as text; empty if there is none
 * @param attachments the binary packets that followed it
 */
record RawPacket(
        Packet.Type type,
        boolean binary,
        int announced,
        String namespace,
        @Nullable Long id,
        String json,
        List<byte[]> attachments) {

    RawPacket with(List<byte[]> received) {
        return new RawPacket(type, binary, announced, namespace, id, json, List.copyOf(received));
    }

    RawPacket withoutJson() {
        return new RawPacket(type, binary, announced, namespace, id, "", attachments);
    }

    /** The characters of the payload and the bytes of the attachments. */
    int size() {
        return json.length()
                + attachments.stream().mapToInt(bytes -> bytes.length).sum();
    }
}
