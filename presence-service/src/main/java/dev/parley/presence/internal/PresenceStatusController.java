package dev.parley.presence.internal;

import dev.parley.platform.json.Fields;
import dev.parley.presence.cluster.UserStatuses;
import dev.parley.presence.device.UserKey;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Answers other services whether users are online. */
@RestController
class PresenceStatusController {

    private static final int MAX_USERS = 1_000;
    private static final int MAX_ID_LENGTH = 128;

    record UserStatus(String userId, String status) {}

    record Statuses(List<UserStatus> users) {}

    private final UserStatuses statuses;

    PresenceStatusController(UserStatuses statuses) {
        this.statuses = statuses;
    }

    /** The status of each user in the request, in that order: {@code online}, {@code away} or {@code offline}. */
    @PostMapping("/internal/platform/presence")
    Mono<Statuses> statuses(@RequestBody JsonNode body) {
        Fields fields = Fields.of(body);
        String tenantId = fields.text("tenantId", 1, MAX_ID_LENGTH);
        List<String> userIds = fields.texts("userIds", 0, MAX_USERS, MAX_ID_LENGTH);
        fields.verify();
        return Mono.just(new Statuses(userIds.stream()
                .map(userId -> new UserStatus(
                        userId,
                        statuses.of(new UserKey(tenantId, userId)).name().toLowerCase(Locale.ROOT)))
                .toList()));
    }
}
