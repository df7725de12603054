package dev.parley.presence.chatcore;

import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.user.ConnectedUser;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What clients do with messages: message-service does it, in their name and by the same rules as over REST. */
@Component
final class MessageCommands {

    private final WebClient messages;

    MessageCommands(ServiceClients clients, ServiceAddresses services) {
        this.messages = clients.at(services.message());
    }

    /** Answered when the message is stored. */
    Mono<Ack> send(Socket socket, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = fields.text("conversationId", 1, RoomCommands.MAX_ID);
        fields.verify();
        return socket.principal(ConnectedUser.class)
                .acting()
                .flatMap(caller -> post(caller, conversationId, argument))
                .map(message -> {
                    String messageId = message.path("id").asString();
                    acknowledge(socket, argument.path("tempId"), messageId);
                    return Acks.success(Map.of("messageId", messageId, "message", message));
                });
    }

    Mono<Ack> edit(Socket socket, JsonNode argument) {
        String messageId = messageId(Fields.of(argument));
        return inTheNameOf(socket, caller -> messages.patch()
                .uri("/api/v1/messages/{id}", messageId)
                .headers(ServiceClients.as(caller.token()))
                .bodyValue(argument));
    }

    Mono<Ack> delete(Socket socket, JsonNode argument) {
        String messageId = messageId(Fields.of(argument));
        return inTheNameOf(socket, caller -> messages.delete()
                .uri("/api/v1/messages/{id}", messageId)
                .headers(ServiceClients.as(caller.token())));
    }

    Mono<Ack> react(Socket socket, JsonNode argument) {
        String messageId = messageId(Fields.of(argument));
        return inTheNameOf(socket, caller -> messages.post()
                .uri("/api/v1/messages/{id}/reactions", messageId)
                .headers(ServiceClients.as(caller.token()))
                .bodyValue(argument));
    }

    Mono<Ack> unreact(Socket socket, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String messageId = fields.text("messageId", 1, RoomCommands.MAX_ID);
        String emoji = fields.text("emoji", 1, RoomCommands.MAX_ID);
        fields.verify();
        return inTheNameOf(socket, caller -> messages.delete()
                .uri("/api/v1/messages/{id}/reactions/{emoji}", messageId, emoji)
                .headers(ServiceClients.as(caller.token())));
    }

    Mono<Ack> pin(Socket socket, JsonNode argument) {
        String messageId = messageId(Fields.of(argument));
        return inTheNameOf(socket, caller -> messages.post()
                .uri("/api/v1/messages/{id}/pin", messageId)
                .headers(ServiceClients.as(caller.token())));
    }

    Mono<Ack> unpin(Socket socket, JsonNode argument) {
        String messageId = messageId(Fields.of(argument));
        return inTheNameOf(socket, caller -> messages.delete()
                .uri("/api/v1/messages/{id}/pin", messageId)
                .headers(ServiceClients.as(caller.token())));
    }

    private static String messageId(Fields fields) {
        String messageId = fields.text("messageId", 1, RoomCommands.MAX_ID);
        fields.verify();
        return messageId;
    }

    /** Answered when the change is stored, with the message if there is one to show. */
    private static Mono<Ack> inTheNameOf(Socket socket, Function<Caller, WebClient.RequestHeadersSpec<?>> call) {
        return socket.principal(ConnectedUser.class)
                .acting()
                .flatMap(caller -> call.apply(caller).retrieve().bodyToMono(JsonNode.class))
                .map(message -> Acks.success(Map.of("message", message)))
                .switchIfEmpty(Mono.fromSupplier(Acks::success));
    }

    private Mono<JsonNode> post(Caller caller, String conversationId, JsonNode body) {
        return messages.post()
                .uri("/api/v1/conversations/{id}/messages", conversationId)
                .headers(ServiceClients.as(caller.token()))
                .bodyValue(body)
                .retrieve()
                .bodyToMono(JsonNode.class);
    }

    private static void acknowledge(Socket socket, JsonNode tempId, String messageId) {
        if (tempId.isString()) {
            socket.emit("message_ack", Map.of("tempId", tempId.asString(), "messageId", messageId, "status", "sent"));
        }
    }
}
