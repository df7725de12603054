package dev.parley.presence.chatcore;

import dev.parley.events.PresenceChanged.Status;
import dev.parley.platform.json.Fields;
import dev.parley.presence.cluster.UserStatuses;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.PresenceVisibility;
import dev.parley.presence.socketio.Ack;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Answers who is online. The acknowledgement is the list itself. */
@Component
final class PresenceCommands {

    private static final int MAX_USERS = 1_000;

    private final UserStatuses statuses;
    private final PresenceVisibility visibility;

    PresenceCommands(UserStatuses statuses, PresenceVisibility visibility) {
        this.statuses = statuses;
        this.visibility = visibility;
    }

    /**
     * Returns which of the given users of the caller's tenant are online and show it to the caller, in the given order. The
     * argument is a list, or an object with that list.
     */
    Mono<Ack> online(CommandSender client, JsonNode argument) {
        JsonNode named =
                argument.isArray() ? JsonNodeFactory.instance.objectNode().set("userIds", argument) : argument;
        Fields fields = Fields.of(named);
        List<String> userIds = SubjectId.listIn(fields, "userIds", MAX_USERS);
        fields.verify();
        UserKey caller = client.user().key();
        List<String> online = userIds.stream()
                .filter(userId -> statuses.of(new UserKey(caller.tenantId(), userId)) != Status.OFFLINE)
                .toList();
        return visibility.visible(caller, online).map(Ack::of);
    }
}
