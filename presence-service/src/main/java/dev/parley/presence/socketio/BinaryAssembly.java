package dev.parley.presence.socketio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** Combines a packet with the binary packets that follow it. */
final class BinaryAssembly {

    private final long maxBytes;
    private final List<byte[]> attachments = new ArrayList<>();
    private @Nullable Packet head;
    private long bytes;

    BinaryAssembly(DataSize maxPayload) {
        this.maxBytes = maxPayload.toBytes();
    }

    /** Takes a packet. Returns whether its attachments are still to come. */
    boolean begin(Packet packet) {
        if (head != null) {
            throw new MalformedPacket("attachment expected");
        }
        if (packet.attachments() == 0) {
            return false;
        }
        head = packet;
        return true;
    }

    /** Takes an attachment. Returns the complete packet if it was the last one, otherwise null. */
    @Nullable Packet add(byte[] attachment) {
        Packet begun = head;
        JsonNode data = begun == null ? null : begun.data();
        bytes += attachment.length;
        if (begun == null || data == null || bytes > maxBytes) {
            throw new MalformedPacket("unexpected attachment");
        }
        attachments.add(attachment);
        if (attachments.size() < begun.attachments()) {
            return null;
        }
        Packet whole = begun.filled(Attachments.fill(data, attachments), bytes);
        attachments.clear();
        bytes = 0;
        head = null;
        return whole;
    }
}
