package dev.parley.presence.socketio;

import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.WireForm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the clients of one namespace read events. Each text packet begins with the Engine.IO mark of a message.
 *
 * @see <a href="https://socket.io/docs/v4/socket-io-protocol/#packet-encoding">Packet encoding</a>
 */
public final class SocketIoForm implements WireForm {

    private final JsonMapper mapper;
    private final String prefix;

    SocketIoForm(JsonMapper mapper, String namespace) {
        this.mapper = mapper;
        this.prefix = namespace.equals("/") ? "" : namespace + ",";
    }

    /** An event as it is sent to any number of sockets. */
    public Message event(SocketIoEvent event) {
        return event(event, null);
    }

    Message event(SocketIoEvent event, @Nullable Long id) {
        List<Object> items = new ArrayList<>();
        items.add(event.name());
        items.addAll(event.args());
        if (event.offset() != null) {
            items.add(event.offset());
        }
        return new Message(array('2', '5', id, items), event.droppable(), event.offset());
    }

    Message ack(long id, Ack ack) {
        return new Message(array('3', '6', id, ack.args()), false, null);
    }

    Message connected(Map<String, ?> reply) {
        return Message.of(Frame.text("40" + prefix + mapper.writeValueAsString(reply)));
    }

    Message refused(ConnectDecision.Refused refused) {
        Object data = refused.data();
        Map<String, ?> body = data == null
                ? Map.of("message", refused.message())
                : Map.of("message", refused.message(), "data", data);
        return Message.of(Frame.text("44" + prefix + mapper.writeValueAsString(body)));
    }

    Message disconnect() {
        return Message.of(Frame.text("41" + prefix));
    }

    private List<Frame> array(char plain, char binary, @Nullable Long id, List<?> items) {
        List<byte[]> attachments = new ArrayList<>();
        List<Object> extracted = new ArrayList<>(items.size());
        for (Object item : items) {
            extracted.add(Attachments.extract(item, attachments));
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream(512);
        String head = attachments.isEmpty() ? "4" + plain : "4" + binary + attachments.size() + "-";
        packet.writeBytes((head + prefix + (id == null ? "" : id)).getBytes(StandardCharsets.UTF_8));
        try (JsonGenerator json = mapper.createGenerator(packet)) {
            json.writeStartArray();
            extracted.forEach(json::writePOJO);
            json.writeEndArray();
        }
        List<Frame> frames = new ArrayList<>(1 + attachments.size());
        frames.add(Frame.text(packet.toByteArray()));
        attachments.forEach(bytes -> frames.add(Frame.binary(bytes)));
        return frames;
    }
}
