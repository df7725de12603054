package dev.parley.presence.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** One encoded text or binary packet. Immutable; bytes are not copied on the way in or out, so nobody may change them. */
public final class Frame {

    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int MAX_HEADER = 10;

    private final byte[] payload;
    private final boolean text;

    private Frame(byte[] payload, boolean text) {
        this.payload = payload;
        this.text = text;
    }

    public static Frame text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text frame of bytes that are already UTF-8. */
    public static Frame text(byte[] utf8) {
        return new Frame(utf8, true);
    }

    public static Frame binary(byte[] bytes) {
        return new Frame(bytes, false);
    }

    public boolean isText() {
        return text;
    }

    public byte[] payload() {
        return payload;
    }

    /** The payload in bytes. */
    public int size() {
        return payload.length;
    }

    int maxWireSize() {
        return payload.length + MAX_HEADER;
    }

    /**
     * Writes the whole WebSocket frame (RFC 6455, section 5.2). A server's frames are not masked, so the bytes are the same
     * for every receiver.
     */
    void writeTo(ByteBuf buffer) {
        int length = payload.length;
        buffer.writeByte(text ? FINAL_TEXT : FINAL_BINARY);
        if (length < 126) {
            buffer.writeByte(length);
        } else if (length < 1 << 16) {
            buffer.writeByte(126).writeShort(length);
        } else {
            buffer.writeByte(127).writeLong(length);
        }
        buffer.writeBytes(payload);
    }
}
