package dev.parley.presence.socketio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Combines a packet with the binary packets that follow it. */
final class BinaryAssembly {

    private final long maxBytes;
    private final List<byte[]> attachments = new ArrayList<>();
    private @Nullable RawPacket head;
    private long bytes;

    /** @param maxPayload how large a packet and its attachments may be together */
    BinaryAssembly(DataSize maxPayload) {
        this.maxBytes = maxPayload.toBytes();
    }

    /** Takes a packet. Returns whether its attachments are still to come. */
    boolean begin(RawPacket packet) {
        if (head != null) {
            throw new MalformedPacket("attachment expected");
        }
        if (packet.announced() == 0) {
            return false;
        }
        head = packet;
        bytes = packet.size();
        return true;
    }

    /** Takes an attachment. Returns the complete packet if it was the last one, otherwise null. */
    @Nullable RawPacket add(byte[] attachment) {
        RawPacket begun = head;
        bytes += attachment.length;
        if (begun == null || bytes > maxBytes) {
            throw new MalformedPacket("unexpected attachment");
        }
        attachments.add(attachment);
        if (attachments.size() < begun.announced()) {
            return null;
        }
        RawPacket whole = begun.with(attachments);
        attachments.clear();
        head = null;
        return whole;
    }
}
