package dev.parley.auth.internal;

import dev.parley.auth.user.User;
import dev.parley.auth.user.Users;
import dev.parley.events.UserSummary;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Gives services the names of many users at once. */
@RestController
class UserLookupController {

    private static final int MAX_IDS = 1_000;
    private static final int MAX_USERNAMES = 50;

    private final Users users;

    UserLookupController(Users users) {
        this.users = users;
    }

    /** In the order of the ids. Ids of users that the tenant does not have are left out. */
    @PostMapping("/internal/platform/users/lookup")
    Mono<List<UserSummary>> lookup(@RequestBody(required = false) @Nullable JsonNode body) {
        UsersQuestion asked = UsersQuestion.read(body, "ids", MAX_IDS);
        return users.all(asked.tenantId(), asked.names())
                .map(UserLookupController::summary)
                .collectList();
    }

    /** The users with these usernames, all of them folded, sorted by username. Usernames that nobody has are left out. */
    @PostMapping("/internal/platform/users/by-username")
    Mono<List<UserSummary>> byUsername(@RequestBody(required = false) @Nullable JsonNode body) {
        UsersQuestion asked = UsersQuestion.read(body, "usernames", MAX_USERNAMES);
        return users.byUsernames(asked.tenantId(), asked.names())
                .map(UserLookupController::summary)
                .collectSortedList(Comparator.comparing(UserSummary::username));
    }

    private static UserSummary summary(User user) {
        return new UserSummary(user.id(), user.username(), user.displayName(), user.avatarUrl(), user.avatarFileId());
    }
}
