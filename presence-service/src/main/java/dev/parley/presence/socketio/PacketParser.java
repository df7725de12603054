package dev.parley.presence.socketio;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads packets of the form {@code <type>[<attachments>-][<namespace>,][<id>][<JSON>]}: first the head, and the JSON only
 * when somebody takes the packet.
 *
 * @see <a href="https://socket.io/docs/v4/socket-io-protocol/#packet-encoding">Packet encoding</a>
 */
final class PacketParser {

    private static final int MAX_DIGITS = 15;

    /** Of a CONNECT packet, whose payload is kept as long as the client is there. */
    private static final int MAX_CONNECT_TOKENS = 200;

    /** Characters of a field name. The parser remembers thousands of names of all clients. */
    private static final int MAX_NAME_LENGTH = 1_000;

    /** The memory that a token takes in a parsed tree, about. */
    private static final int BYTES_PER_TOKEN = 64;

    private final JsonMapper mapper;
    private final JsonFactory connectJson;
    private final JsonFactory eventJson;
    private final int maxAttachments;

    PacketParser(JsonMapper mapper, PacketLimits limits, int maxAttachments) {
        this.mapper = mapper;
        this.connectJson = factory(mapper, limits, Math.min(MAX_CONNECT_TOKENS, limits.maxTokens()));
        this.eventJson = factory(mapper, limits, limits.maxTokens());
        this.maxAttachments = maxAttachments;
    }

    private static JsonFactory factory(JsonMapper mapper, PacketLimits limits, int maxTokens) {
        JsonFactory unlimited = mapper.tokenStreamFactory();
        StreamReadConstraints constraints = unlimited
                .streamReadConstraints()
                .rebuild()
                .maxTokenCount(maxTokens)
                .maxNestingDepth(limits.maxDepth())
                .maxNameLength(MAX_NAME_LENGTH)
                .build();
        return unlimited.rebuild().streamReadConstraints(constraints).build();
    }

    /** Reads the head. Throws {@link MalformedPacket} if the text does not begin like a packet. */
    RawPacket head(String text) {
        Cursor cursor = new Cursor(text);
        char type = cursor.next();
        boolean binary = type == '5' || type == '6';
        int attachments = binary ? attachments(cursor) : 0;
        String namespace = cursor.peek() == '/' ? cursor.upTo(',') : "/";
        Long id = cursor.number();
        return new RawPacket(type(type), binary, attachments, namespace, id, cursor.rest(), List.of());
    }

    /** Reads the whole packet. Throws {@link MalformedPacket} if it is not valid, or larger than the limits allow. */
    Packet parse(RawPacket raw) {
        if (raw.json().isEmpty()) {
            return packet(raw, null, 0);
        }
        JsonFactory json = raw.type() == Packet.Type.CONNECT ? connectJson : eventJson;
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), raw.json())) {
            JsonNode data = mapper.readTree(parser);
            if (data == null || data.isMissingNode() || parser.nextToken() != null) {
                throw new MalformedPacket("invalid JSON");
            }
            return packet(raw, data, parser.currentTokenCount());
        } catch (JacksonException e) {
            throw new MalformedPacket("invalid JSON");
        }
    }

    private static Packet packet(RawPacket raw, @Nullable JsonNode data, long tokens) {
        JsonNode filled = data != null && raw.binary() ? Attachments.fill(data, raw.attachments()) : data;
        int size = Math.toIntExact(raw.size() + tokens * BYTES_PER_TOKEN);
        return new Packet(raw.type(), raw.binary(), raw.namespace(), raw.id(), filled, size);
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
