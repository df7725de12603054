package dev.parley.auth.internal;

import dev.parley.auth.preference.UserPreferences;
import dev.parley.platform.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What users do not want to be told of them, many at once, for services that would tell it. */
@RestController
class PrivacyController {

    private static final int MAX_IDS = 200;
    private static final int MAX_ID = 128;

    /** @param lastSeenVisibility {@code contacts} or {@code nobody} */
    record PrivacyView(String userId, String lastSeenVisibility) {}

    private final UserPreferences preferences;

    PrivacyController(UserPreferences preferences) {
        this.preferences = preferences;
    }

    /** Those of the tenant who are not seen by everyone, in the order that was asked for. */
    @PostMapping("/internal/platform/users/privacy")
    Mono<List<PrivacyView>> privacy(@RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String tenantId = fields.text("tenantId", 1, MAX_ID);
        List<String> ids = fields.texts("ids", 0, MAX_IDS, MAX_ID);
        fields.verify();
        return preferences
                .restrictedLastSeen(tenantId, ids)
                .map(choice ->
                        new PrivacyView(choice.userId(), choice.visibility().wireName()))
                .collectList();
    }
}
