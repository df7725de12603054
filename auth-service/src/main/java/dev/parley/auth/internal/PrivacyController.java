package dev.parley.auth.internal;

import dev.parley.auth.user.LastSeenVisibility;
import dev.parley.auth.user.Users;
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

    private final Users users;

    PrivacyController(Users users) {
        this.users = users;
    }

    /** Those of the tenant who are not seen by everyone, in the order that was asked for. */
    @PostMapping("/internal/platform/users/privacy")
    Mono<List<PrivacyView>> privacy(@RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String tenantId = fields.text("tenantId", 1, MAX_ID);
        List<String> ids = fields.texts("ids", 0, MAX_IDS, MAX_ID);
        fields.verify();
        return users.all(tenantId, ids)
                .<PrivacyView>handle((user, views) -> {
                    LastSeenVisibility visibility = user.lastSeenVisibility();
                    if (visibility != null && visibility != LastSeenVisibility.EVERYONE) {
                        views.next(new PrivacyView(user.id(), visibility.wireName()));
                    }
                })
                .collectList();
    }
}
