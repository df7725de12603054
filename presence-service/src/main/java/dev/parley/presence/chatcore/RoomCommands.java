package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.json.Fields;
import dev.parley.presence.PresenceError;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.MembershipClient;
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

    private final MembershipClient memberships;
    private final MemberRooms members;

    RoomCommands(MembershipClient memberships, MemberRooms members) {
        this.memberships = memberships;
        this.members = members;
    }

    Mono<Ack> join(CommandSender client, JsonNode argument) {
        String conversationId = conversationId(argument);
        return client.user()
                .freshCaller()
                .flatMap(caller -> memberships.requireMember(caller, conversationId))
                .map(fromSeq -> {
                    if (!members.listen(client.device(), conversationId, fromSeq)) {
                        throw ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation any more");
                    }
                    return Acks.success();
                });
    }

    Mono<Ack> leave(CommandSender client, JsonNode argument) {
        members.stopListening(client.device(), conversationId(argument));
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
