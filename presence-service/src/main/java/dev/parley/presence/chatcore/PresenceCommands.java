package dev.parley.presence.chatcore;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.json.Fields;
import dev.parley.presence.PresenceError;
import dev.parley.presence.chatcore.Typists.Typist;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.node.UserStatuses;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.user.ConnectedUser;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who is online, and who is typing. The answer is the list itself. */
@Component
final class PresenceCommands {

    private static final int MAX_USERS = 1_000;

    /** How long it is waited for the names of users. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final UserStatuses statuses;
    private final MemberRooms rooms;
    private final Typists typists;
    private final UserDirectory users;

    PresenceCommands(UserStatuses statuses, MemberRooms rooms, Typists typists, UserDirectory users) {
        this.users = users;
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
        return named(typists.in(conversationId), user.tenantId()).map(Ack::of);
    }

    /** By the names that they have now; by those they had when they began, where the others are not known in time. */
    private Mono<List<Typist>> named(List<Typist> typing, String tenantId) {
        return users.find(typing.stream().map(Typist::userId).toList(), tenantId)
                .timeout(PATIENCE)
                .map(now -> typing.stream()
                        .map(typist -> now.containsKey(typist.userId()) ? Typist.of(now.get(typist.userId())) : typist)
                        .toList())
                .onErrorReturn(typing);
    }
}
