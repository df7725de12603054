package dev.parley.presence.chatcore;

import dev.parley.platform.direct.DirectClient;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.json.Fields;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.typing.TypingSignals;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Sends a message over the direct route to message-service. Uses REST if message-service is an older version without that
 * route, or if no conversation is given, so that the request is refused as usual.
 */
final class SendCommand implements Command {

    private final DirectClient messages;
    private final RestCommand rest;
    private final TypingSignals typing;

    SendCommand(DirectClient messages, RestCommand rest, TypingSignals typing) {
        this.typing = typing;
        this.messages = messages;
        this.rest = rest;
    }

    @Override
    public Mono<Ack> run(CommandSender client, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = SubjectId.in(fields, "conversationId");
        Mono<JsonNode> message = fields.errors().isEmpty()
                ? sendDirectly(client, conversationId, argument)
                : rest.result(client, argument);
        // What the client says next, and may be that it is typing again, is heard after this.
        return message.doOnNext(
                        stored -> typing.ended(client.device(), conversationId).subscribe())
                .map(stored -> acknowledge(client, argument, stored));
    }

    private Mono<JsonNode> sendDirectly(CommandSender client, String conversationId, JsonNode argument) {
        String path = "/internal/conversations/" + UriUtils.encodePathSegment(conversationId, StandardCharsets.UTF_8)
                + "/messages";
        return client.user()
                .freshCaller()
                .flatMap(caller -> messages.post(caller.token(), path, argument))
                .onErrorResume(SendCommand::isNoSuchRoute, noRoute -> rest.result(client, argument));
    }

    private static boolean isNoSuchRoute(Throwable failure) {
        return failure instanceof ApiException refusal
                && refusal.code().code().equals(PlatformError.NO_SUCH_RESOURCE.code());
    }

    /** The sending socket is also sent a {@code message_ack} with its own id for the message. */
    private static Ack acknowledge(CommandSender client, JsonNode argument, JsonNode message) {
        String messageId = message.path("id").asString();
        JsonNode tempId = argument.path("tempId");
        if (tempId.isString()) {
            client.socket()
                    .emit("message_ack", Map.of("tempId", tempId.asString(), "messageId", messageId, "status", "sent"));
        }
        return Acks.success(Map.of("messageId", messageId, "message", message));
    }
}
