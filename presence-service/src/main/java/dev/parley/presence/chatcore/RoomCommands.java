package dev.parley.presence.chatcore;

import dev.parley.platform.json.Fields;
import dev.parley.presence.membership.ConversationListening;
import dev.parley.presence.socketio.Ack;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Lets a socket listen to a conversation or stop listening. A socket listens to all conversations of its user when it
 * connects.
 */
@Component
final class RoomCommands {

    static final int MAX_ID_LENGTH = 128;

    private final ConversationListening listening;

    RoomCommands(ConversationListening listening) {
        this.listening = listening;
    }

    Mono<Ack> join(CommandSender client, JsonNode argument) {
        return listening.start(client.device(), conversationId(argument)).thenReturn(Acks.success());
    }

    Mono<Ack> leave(CommandSender client, JsonNode argument) {
        listening.stop(client.device(), conversationId(argument));
        return Mono.just(Acks.success());
    }

    /** The argument is the id itself, or an object with it. */
    static String conversationId(JsonNode argument) {
        if (argument.isString()
                && !argument.asString().isBlank()
                && argument.asString().length() <= MAX_ID_LENGTH) {
            return argument.asString();
        }
        Fields fields = Fields.of(argument);
        String conversationId = fields.text("conversationId", 1, MAX_ID_LENGTH);
        fields.verify();
        return conversationId;
    }
}
