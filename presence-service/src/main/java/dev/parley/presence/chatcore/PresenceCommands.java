package dev.parley.presence.chatcore;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.platform.json.Fields;
import dev.parley.presence.cluster.UserStatuses;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.socketio.Ack;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who is online. The answer is the list itself. */
@Component
final class PresenceCommands {

    private static final int MAX_USERS = 1_000;

    private final UserStatuses statuses;

    PresenceCommands(UserStatuses statuses) {
        this.statuses = statuses;
    }

    /** Those of the asker's tenant who are online among those named, in the order named: in a list, or an object with it. */
    Mono<Ack> online(ChatClient client, JsonNode argument) {
        JsonNode named =
                argument.isArray() ? JsonNodeFactory.instance.objectNode().set("userIds", argument) : argument;
        Fields fields = Fields.of(named);
        List<String> userIds = fields.texts("userIds", 0, MAX_USERS, RoomCommands.MAX_ID);
        fields.verify();
        String tenantId = client.user().tenantId();
        return Mono.just(Ack.of(userIds.stream()
                .filter(userId -> statuses.of(new UserKey(tenantId, userId)) != Status.OFFLINE)
                .toList()));
    }
}
