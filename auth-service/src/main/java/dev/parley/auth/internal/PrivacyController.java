package dev.parley.auth.internal;

import dev.parley.auth.preference.UserPreferences;
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

    private final UserPreferences preferences;

    PrivacyController(UserPreferences preferences) {
        this.preferences = preferences;
    }

    /** Those users of the tenant whose last-seen time not everyone may see, in the order of the ids. */
    @PostMapping("/internal/platform/users/privacy")
    Mono<List<PrivacyView>> privacy(@RequestBody(required = false) @Nullable JsonNode body) {
        UsersQuestion asked = UsersQuestion.read(body, "ids", MAX_IDS);
        return preferences
                .restrictedLastSeen(asked.tenantId(), asked.names())
                .map(choice ->
                        new PrivacyView(choice.userId(), choice.visibility().wireName()))
                .collectList();
    }
}
