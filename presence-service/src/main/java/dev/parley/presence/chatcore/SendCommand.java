package dev.parley.presence.chatcore;

import dev.parley.platform.direct.DirectClient;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.json.Fields;
import dev.parley.presence.socketio.Ack;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Sends a message by the shortest way there is. Over REST where that way is not there, since message-service is an older one,
 * and where no conversation is named, to be refused.
 */
final class SendCommand implements Command {

    private final DirectClient messages;
    private final RestCommand rest;

    SendCommand(DirectClient messages, RestCommand rest) {
        this.messages = messages;
        this.rest = rest;
    }

    @Override
    public Mono<Ack> run(ChatClient client, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = fields.text("conversationId", 1, RoomCommands.MAX_ID);
        Mono<JsonNode> message =
                fields.errors().isEmpty() ? direct(client, conversationId, argument) : rest.result(client, argument);
        return message.map(sent -> sent(client, argument, sent));
    }

    private Mono<JsonNode> direct(ChatClient client, String conversationId, JsonNode argument) {
        String path = "/internal/conversations/" + UriUtils.encodePathSegment(conversationId, StandardCharsets.UTF_8)
                + "/messages";
        return client.user()
                .acting()
                .flatMap(caller -> messages.post(caller.token(), path, argument))
                .onErrorResume(SendCommand::isNoSuchRoute, older -> rest.result(client, argument));
    }

    private static boolean isNoSuchRoute(Throwable failure) {
        return failure instanceof ApiException refusal
                && refusal.code().code().equals(PlatformError.NO_SUCH_RESOURCE.code());
    }

    /** The sending socket is also told by its own name for the message. */
    private static Ack sent(ChatClient client, JsonNode argument, JsonNode message) {
        String messageId = message.path("id").asString();
        JsonNode tempId = argument.path("tempId");
        if (tempId.isString()) {
            client.socket()
                    .emit("message_ack", Map.of("tempId", tempId.asString(), "messageId", messageId, "status", "sent"));
        }
        return Acks.success(Map.of("messageId", messageId, "message", message));
    }
}
