package dev.parley.presence.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event as one wire form spells it: frames that belong together and are never interleaved with others.
 *
 * @param frames what is sent, in order
 * @param droppable whether it may be left out for a client that reads slowly (typing, presence)
 * @param offset where the event stands in the stream that it belongs to, for those who replay it; null if nowhere
 */
public record Message(
        List<Frame> frames, boolean droppable, @Nullable String offset) {

    public Message {
        frames = List.copyOf(frames);
    }

    /** A message of one frame that is always delivered. */
    public static Message of(Frame frame) {
        return new Message(List.of(frame), false, null);
    }

    /** Bytes of payload. */
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
