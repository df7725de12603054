package dev.parley.auth.internal;

import dev.parley.auth.user.LastSeenVisibility;
import dev.parley.auth.user.UserChanges;
import dev.parley.platform.json.Fields;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Takes a copy of who may see when users were last seen from notification-service, which keeps their preferences. */
@RestController
class VisibilityController {

    private static final int MAX_ID = 128;
    private static final int MAX_WORD = 64;

    private final UserChanges changes;

    VisibilityController(UserChanges changes) {
        this.changes = changes;
    }

    /** A copy of a lower revision of the preferences than the last one changes nothing. */
    @PutMapping("/internal/platform/users/{userId}/last-seen-visibility")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> change(@PathVariable String userId, @RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String tenantId = fields.text("tenantId", 1, MAX_ID);
        String given = fields.text("lastSeenVisibility", 1, MAX_WORD);
        LastSeenVisibility visibility = LastSeenVisibility.named(given).orElse(LastSeenVisibility.NOBODY);
        if (!visibility.wireName().equals(given)) {
            fields.reject("lastSeenVisibility", "unknown", "must be everyone, contacts or nobody");
        }
        long revision = fields.number("preferencesRevision", 1, Long.MAX_VALUE);
        fields.verify();
        return changes.changeVisibility(tenantId, userId, visibility, revision).then();
    }
}
