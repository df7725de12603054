package dev.parley.presence.chatcore;

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

    private final ConversationListening listening;

    RoomCommands(ConversationListening listening) {
        this.listening = listening;
    }

    Mono<Ack> join(CommandSender client, JsonNode argument) {
        return listening
                .start(client.device(), SubjectId.ofConversation(argument))
                .thenReturn(Acks.success());
    }

    Mono<Ack> leave(CommandSender client, JsonNode argument) {
        listening.stop(client.device(), SubjectId.ofConversation(argument));
        return Mono.just(Acks.success());
    }
}
