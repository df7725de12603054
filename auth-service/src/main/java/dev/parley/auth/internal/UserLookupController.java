package dev.parley.auth.internal;

import dev.parley.auth.user.User;
import dev.parley.auth.user.Users;
import dev.parley.events.UserSummary;
import dev.parley.platform.json.Fields;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Names for ids, many at once, for services that show names. */
@RestController
class UserLookupController {

    private static final int MAX_IDS = 1_000;
    private static final int MAX_USERNAMES = 50;
    private static final int MAX_ID = 128;

    private final Users users;

    UserLookupController(Users users) {
        this.users = users;
    }

    /** In the order that was asked for; ids of nobody in the tenant are left out. */
    @PostMapping("/internal/platform/users/lookup")
    Mono<List<UserSummary>> lookup(@RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String tenantId = fields.text("tenantId", 1, MAX_ID);
        List<String> ids = fields.texts("ids", 0, MAX_IDS, MAX_ID);
        fields.verify();
        return users.all(tenantId, ids).map(UserLookupController::summary).collectList();
    }

    /** Whoever has these usernames, in whatever case, by username; names of nobody are left out. */
    @PostMapping("/internal/platform/users/by-username")
    Mono<List<UserSummary>> byUsername(@RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String tenantId = fields.text("tenantId", 1, MAX_ID);
        List<String> usernames = fields.texts("usernames", 0, MAX_USERNAMES, MAX_ID);
        fields.verify();
        return users.byUsernames(tenantId, usernames)
                .map(UserLookupController::summary)
                .collectSortedList(Comparator.comparing(UserSummary::username));
    }

    private static UserSummary summary(User user) {
        return new UserSummary(user.id(), user.username(), user.displayName(), user.avatarUrl());
    }
}
