package dev.parley.presence.chatcore;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.json.Fields;
import dev.parley.presence.PresenceError;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.node.UserStatuses;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.user.ConnectedUser;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who is online, and who is typing. The answer is the list itself. */
@Component
final class PresenceCommands {

    private static final int MAX_USERS = 1_000;

    private final UserStatuses statuses;
    private final MemberRooms rooms;
    private final Typists typists;

    PresenceCommands(UserStatuses statuses, MemberRooms rooms, Typists typists) {
        this.statuses = statuses;
        this.rooms = rooms;
        this.typists = typists;
    }

    /** Those of the asker's tenant who are online among those named, in the order named: in a list, or an object with it. */
    Mono<Ack> online(Socket socket, JsonNode argument) {
        JsonNode named =
                argument.isArray() ? JsonNodeFactory.instance.objectNode().set("userIds", argument) : argument;
        Fields fields = Fields.of(named);
        List<String> userIds = fields.texts("userIds", 0, MAX_USERS, RoomCommands.MAX_ID);
        fields.verify();
        String tenantId = socket.principal(ConnectedUser.class).tenantId();
        return Mono.just(Ack.of(userIds.stream()
                .filter(userId -> statuses.of(tenantId, userId) != Status.OFFLINE)
                .toList()));
    }

    Mono<Ack> typing(Socket socket, JsonNode argument) {
        String conversationId = RoomCommands.conversationId(argument);
        ConnectedUser user = socket.principal(ConnectedUser.class);
        if (!rooms.isPresent(user.tenantId(), user.id(), conversationId)) {
            throw ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation");
        }
        return Mono.just(Ack.of(typists.in(conversationId)));
    }
}
