package dev.parley.presence.chatcore;

import dev.parley.platform.json.Fields;
import dev.parley.presence.membership.ConversationListening;
import dev.parley.presence.online.LocalPresence;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.typing.TypingSignals;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Lets a socket listen to a conversation or stop listening. A socket listens to all conversations of its user when it
 * connects; those that it joins by itself are open on its device until it leaves them or disconnects. A socket that does not
 * listen is not typing either.
 */
@Component
final class RoomCommands {

    private final ConversationListening listening;
    private final TypingSignals typing;
    private final LocalPresence presence;

    RoomCommands(ConversationListening listening, TypingSignals typing, LocalPresence presence) {
        this.listening = listening;
        this.typing = typing;
        this.presence = presence;
    }

    Mono<Ack> join(CommandSender client, JsonNode argument) {
        String conversationId = SubjectId.ofConversation(argument);
        return listening
                .start(client.device(), conversationId)
                .then(Mono.fromRunnable(() -> presence.opened(client.device(), conversationId)))
                .thenReturn(Acks.success());
    }

    /** A client that shows something else, and still wants to hear of the conversation, says {@code keepListening}. */
    Mono<Ack> leave(CommandSender client, JsonNode argument) {
        String conversationId = SubjectId.ofConversation(argument);
        if (!keepsListening(argument)) {
            listening.stop(client.device(), conversationId);
        }
        presence.closed(client.device(), conversationId);
        return typing.ended(client.device(), conversationId).thenReturn(Acks.success());
    }

    private static boolean keepsListening(JsonNode argument) {
        if (argument.isString()) {
            return false;
        }
        Fields fields = Fields.of(argument);
        Boolean given = fields.optionalFlag("keepListening");
        fields.verify();
        return Boolean.TRUE.equals(given);
    }
}
