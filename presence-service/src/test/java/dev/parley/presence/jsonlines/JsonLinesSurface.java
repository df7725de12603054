package dev.parley.presence.jsonlines;

import dev.parley.events.Block;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.surface.ResyncReason;
import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.WireForm;
import dev.parley.presence.transport.WireMessage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A second client family, as small as one can be: a plain WebSocket that prints JSON lines. It names events and renders them;
 * there is no line in it for order, replay, duplicates, slow readers or rate limits.
 */
final class JsonLinesSurface implements LiveSurface {

    static final WireForm FORM = new WireForm() {};

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public WireForm form() {
        return FORM;
    }

    @Override
    public List<EventRenderer> renderers() {
        return List.of(new Messages());
    }

    @Override
    public Collection<String> commands() {
        return List.of("echo");
    }

    @Override
    public List<WireMessage> greeting(String offset, List<String> onlineUserIds, @Nullable ResyncReason resync) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("online", onlineUserIds);
        if (resync != null) {
            body.put("resync", resync.wireName());
        }
        return List.of(line("hello", body, offset, false));
    }

    @Override
    public WireMessage position(String offset) {
        return line("position", Map.of(), offset, true);
    }

    static WireMessage line(String event, Map<String, ?> body, @Nullable String offset, boolean droppable) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.putAll(body);
        if (offset != null) {
            line.put("offset", offset);
        }
        return new WireMessage(List.of(Frame.text(JSON.writeValueAsString(line))), droppable, offset);
    }

    private static final class Messages implements EventRenderer {

        @Override
        public void messageCreated(MessageCreated created, EventContext context) {
            MessageSnapshot message = created.message();
            context.send(
                    context.audiences().listeners(message),
                    FORM,
                    0,
                    offset -> line(
                            "message",
                            Map.of(
                                    "conversation",
                                    message.conversationId(),
                                    "seq",
                                    message.seq(),
                                    "text",
                                    text(message)),
                            offset,
                            false));
        }

        private static String text(MessageSnapshot message) {
            return message.blocks().stream()
                    .map(block -> block instanceof Block.Text text ? text.content() : "")
                    .collect(Collectors.joining());
        }
    }
}
