package dev.parley.presence.engineio;

import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.WireMessage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packets of the protocol, and the format in which a poll or a post carries several of them. */
final class Packets {

    static final char OPEN = '0';
    static final char CLOSE = '1';
    static final char PING = '2';
    static final char PONG = '3';
    static final char MESSAGE = '4';
    static final char UPGRADE = '5';
    static final char NOOP = '6';

    static final Frame CLOSE_FRAME = Frame.text("1");
    static final Frame NOOP_FRAME = Frame.text("6");
    static final WireMessage PING_MESSAGE = WireMessage.of(Frame.text("2"));
    static final WireMessage PROBE_REPLY = WireMessage.of(Frame.text("3probe"));
    static final String PROBE = "2probe";

    private static final char SEPARATOR = '\u001e';
    private static final char BINARY_PREFIX = 'b';

    private Packets() {}

    /** The first packet of the server. */
    static Frame open(String id, boolean mayUpgrade, EngineIoSettings settings) {
        return Frame.text(OPEN + "{\"sid\":\"" + id + "\",\"upgrades\":" + (mayUpgrade ? "[\"websocket\"]" : "[]")
                + ",\"pingInterval\":" + settings.pingInterval().toMillis()
                + ",\"pingTimeout\":" + settings.pingTimeout().toMillis()
                + ",\"maxPayload\":" + settings.maxPayloadBytes() + "}");
    }

    /** The body of the response to a poll. */
    static byte[] encode(List<Frame> frames) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            if (body.size() > 0) {
                body.write(SEPARATOR);
            }
            if (frame.isText()) {
                body.writeBytes(frame.payload());
            } else {
                body.write(BINARY_PREFIX);
                body.writeBytes(Base64.getEncoder().encode(frame.payload()));
            }
        }
        return body.toByteArray();
    }

    /**
     * The packets of a posted payload, each a string or bytes; null if the payload is malformed or has too many packets.
     */
    static @Nullable List<Object> decode(String payload, int maxPackets) {
        List<Object> packets = new ArrayList<>();
        int start = 0;
        while (start <= payload.length()) {
            int separator = payload.indexOf(SEPARATOR, start);
            int end = separator < 0 ? payload.length() : separator;
            Object packet = decodeOne(payload.substring(start, end));
            if (packet == null || packets.size() == maxPackets) {
                return null;
            }
            packets.add(packet);
            start = end + 1;
        }
        return packets;
    }

    static boolean isKnown(String packet) {
        return !packet.isEmpty() && packet.charAt(0) >= OPEN && packet.charAt(0) <= NOOP;
    }

    private static @Nullable Object decodeOne(String packet) {
        if (!packet.isEmpty() && packet.charAt(0) == BINARY_PREFIX) {
            try {
                // The MIME decoder, because some clients insert line breaks.
                return Base64.getMimeDecoder().decode(packet.substring(1));
            } catch (IllegalArgumentException notBase64) {
                return null;
            }
        }
        return isKnown(packet) ? packet : null;
    }
}
