package dev.parley.presence.chatcore;

import dev.parley.platform.direct.DirectClient;
import dev.parley.platform.json.Fields;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.user.ConnectedUser;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Sends a message, the shortest way there is. What cannot be sent at all is refused as over REST. */
final class SendCommand implements Command {

    private final DirectClient messages;
    private final Command refusal;

    /** @param refusal refuses what does not name its conversation */
    SendCommand(DirectClient messages, Command refusal) {
        this.messages = messages;
        this.refusal = refusal;
    }

    @Override
    public Mono<Ack> run(Socket socket, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = fields.text("conversationId", 1, RoomCommands.MAX_ID);
        if (!fields.errors().isEmpty()) {
            return refusal.run(socket, argument);
        }
        String path = "/internal/conversations/" + UriUtils.encodePathSegment(conversationId, StandardCharsets.UTF_8)
                + "/messages";
        return socket.principal(ConnectedUser.class)
                .acting()
                .flatMap(caller -> messages.post(caller.token(), path, argument))
                .map(message -> sent(socket, argument, message));
    }

    /** The sending socket is also told by its own name for the message. */
    private static Ack sent(Socket socket, JsonNode argument, JsonNode message) {
        String messageId = message.path("id").asString();
        JsonNode tempId = argument.path("tempId");
        if (tempId.isString()) {
            socket.emit("message_ack", Map.of("tempId", tempId.asString(), "messageId", messageId, "status", "sent"));
        }
        return Acks.success(Map.of("messageId", messageId, "message", message));
    }
}
