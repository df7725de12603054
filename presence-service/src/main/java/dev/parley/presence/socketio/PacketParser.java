package dev.parley.presence.socketio;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads packets of the form {@code <type>[<attachments>-][<namespace>,][<id>][<JSON>]}.
 *
 * @see <a href="https://socket.io/docs/v4/socket-io-protocol/#packet-encoding">Packet encoding</a>
 */
final class PacketParser {

    private static final int MAX_DIGITS = 15;

    private final JsonMapper mapper;
    private final int maxAttachments;

    PacketParser(JsonMapper mapper, int maxAttachments) {
        this.mapper = mapper;
        this.maxAttachments = maxAttachments;
    }

    /** Throws {@link MalformedPacket} if the text is not a packet. */
    Packet parse(String text) {
        Cursor cursor = new Cursor(text);
        char type = cursor.next();
        int attachments = 0;
        if (type == '5' || type == '6') {
            attachments = attachments(cursor);
        }
        String namespace = cursor.peek() == '/' ? cursor.upTo(',') : "/";
        Long id = cursor.number();
        JsonNode data = json(cursor.rest());
        return new Packet(type(type), attachments, namespace, id, data, text.length());
    }

    private static Packet.Type type(char type) {
        return switch (type) {
            case '0' -> Packet.Type.CONNECT;
            case '1' -> Packet.Type.DISCONNECT;
            case '2', '5' -> Packet.Type.EVENT;
            case '3', '6' -> Packet.Type.ACK;
            default -> throw new MalformedPacket("unknown type");
        };
    }

    private int attachments(Cursor cursor) {
        Long count = cursor.number();
        if (count == null || cursor.next() != '-' || count > maxAttachments) {
            throw new MalformedPacket("invalid number of attachments");
        }
        return count.intValue();
    }

    private @Nullable JsonNode json(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return mapper.readTree(text);
        } catch (JacksonException e) {
            throw new MalformedPacket("invalid JSON");
        }
    }

    /** Reads a text from left to right. */
    private static final class Cursor {

        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        /** The next character, or NUL at the end. */
        char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        char next() {
            char current = peek();
            at++;
            return current;
        }

        /** Everything up to the delimiter, or to the end. Moves behind the delimiter. */
        String upTo(char delimiter) {
            int end = text.indexOf(delimiter, at);
            String part = end < 0 ? text.substring(at) : text.substring(at, end);
            at = end < 0 ? text.length() : end + 1;
            return part;
        }

        @Nullable Long number() {
            int start = at;
            while (peek() >= '0' && peek() <= '9') {
                at++;
            }
            if (at == start) {
                return null;
            }
            if (at - start > MAX_DIGITS) {
                throw new MalformedPacket("number too long");
            }
            return Long.valueOf(text.substring(start, at));
        }

        String rest() {
            return at < text.length() ? text.substring(at) : "";
        }
    }
}
