package dev.parley.presence.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event encoded in one wire form: frames that are sent together, with no other frames in between.
 *
 * @param frames what is sent, in order
 * @param droppable whether a slow reader may miss it (typing, presence)
 * @param offset the stream offset of the event, which replays need; null if the event has none
 */
public record WireMessage(
        List<Frame> frames, boolean droppable, @Nullable String offset) {

    public WireMessage {
        frames = List.copyOf(frames);
    }

    /** A message of one frame that is always delivered. */
    public static WireMessage of(Frame frame) {
        return new WireMessage(List.of(frame), false, null);
    }

    /** The payload in bytes. */
    public long size() {
        long size = 0;
        for (Frame frame : frames) {
            size += frame.size();
        }
        return size;
    }

    /** All frames as WebSocket frames in one buffer, which the caller owns. */
    ByteBuf toWire(ByteBufAllocator allocator) {
        int capacity = 0;
        for (Frame frame : frames) {
            capacity += frame.maxWireSize();
        }
        ByteBuf buffer = allocator.directBuffer(capacity);
        for (Frame frame : frames) {
            frame.writeTo(buffer);
        }
        return buffer;
    }
}
