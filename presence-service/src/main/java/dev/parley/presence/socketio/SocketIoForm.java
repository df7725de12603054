package dev.parley.presence.socketio;

import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.WireForm;
import dev.parley.presence.transport.WireMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the clients of one namespace read events. Each text packet begins with the Engine.IO type of a message.
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
    public WireMessage event(SocketIoEvent event) {
        return event(event, null);
    }

    WireMessage event(SocketIoEvent event, @Nullable Long id) {
        List<Object> items = new ArrayList<>();
        items.add(event.name());
        items.addAll(event.args());
        if (event.offset() != null) {
            items.add(event.offset());
        }
        return new WireMessage(array('2', '5', id, items), event.droppable(), event.offset());
    }

    WireMessage ack(long id, Ack ack) {
        return new WireMessage(array('3', '6', id, ack.args()), false, null);
    }

    WireMessage connected(Map<String, ?> reply) {
        return WireMessage.of(Frame.text("40" + prefix + mapper.writeValueAsString(reply)));
    }

    WireMessage refused(ConnectDecision.Refused refused) {
        Object data = refused.data();
        Map<String, ?> body = data == null
                ? Map.of("message", refused.message())
                : Map.of("message", refused.message(), "data", data);
        return WireMessage.of(Frame.text("44" + prefix + mapper.writeValueAsString(body)));
    }

    WireMessage disconnect() {
        return WireMessage.of(Frame.text("41" + prefix));
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
