package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.json.Fields;
import dev.parley.presence.PresenceError;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.UserConversations;
import dev.parley.presence.socketio.Ack;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Listening to a conversation, and not listening. A socket listens to all of its user's when it connects. */
@Component
final class RoomCommands {

    static final int MAX_ID = 128;

    private final UserConversations conversations;
    private final MemberRooms members;

    RoomCommands(UserConversations conversations, MemberRooms members) {
        this.conversations = conversations;
        this.members = members;
    }

    Mono<Ack> join(ChatClient client, JsonNode argument) {
        String conversationId = conversationId(argument);
        return client.user()
                .acting()
                .flatMap(caller -> conversations.requireMember(caller, conversationId))
                .map(fromSeq -> {
                    if (!members.listen(client.device(), conversationId, fromSeq)) {
                        throw ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation any more");
                    }
                    return Acks.success();
                });
    }

    Mono<Ack> leave(ChatClient client, JsonNode argument) {
        members.stopListening(client.device(), conversationId(argument));
        return Mono.just(Acks.success());
    }

    /** The id itself, or an object that names it. */
    static String conversationId(JsonNode argument) {
        if (argument.isString()
                && !argument.asString().isBlank()
                && argument.asString().length() <= MAX_ID) {
            return argument.asString();
        }
        Fields fields = Fields.of(argument);
        String conversationId = fields.text("conversationId", 1, MAX_ID);
        fields.verify();
        return conversationId;
    }
}
