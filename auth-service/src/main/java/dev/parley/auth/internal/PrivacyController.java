package dev.parley.auth.internal;

import dev.parley.auth.user.LastSeenVisibility;
import dev.parley.auth.user.User;
import dev.parley.auth.user.Users;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Tells services who may see when users were last seen, for many users at once. */
@RestController
class PrivacyController {

    private static final int MAX_IDS = 200;

    /** @param lastSeenVisibility {@code contacts} or {@code nobody} */
    record PrivacyView(String userId, String lastSeenVisibility) {}

    private final Users users;

    PrivacyController(Users users) {
        this.users = users;
    }

    /** Those users of the tenant whose last-seen time not everyone may see, in the order of the ids. */
    @PostMapping("/internal/platform/users/privacy")
    Mono<List<PrivacyView>> privacy(@RequestBody(required = false) @Nullable JsonNode body) {
        UsersQuestion asked = UsersQuestion.read(body, "ids", MAX_IDS);
        return users.all(asked.tenantId(), asked.names())
                .mapNotNull(PrivacyController::restricted)
                .collectList();
    }

    private static @Nullable PrivacyView restricted(User user) {
        LastSeenVisibility visibility = user.lastSeenVisibility();
        return visibility == null || visibility == LastSeenVisibility.EVERYONE
                ? null
                : new PrivacyView(user.id(), visibility.wireName());
    }
}
