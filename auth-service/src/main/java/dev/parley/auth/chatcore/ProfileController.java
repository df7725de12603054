package dev.parley.auth.chatcore;

import dev.parley.auth.user.Users;
import dev.parley.platform.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Users as {@code /api/v1} shows them, many at once, for services that show them there. */
@RestController
class ProfileController {

    private static final int MAX_IDS = 200;
    private static final int MAX_ID = 128;

    private final Users users;
    private final UserViews views;

    ProfileController(Users users, UserViews views) {
        this.users = users;
        this.views = views;
    }

    /** In the order that was asked for; ids of nobody in the tenant are left out. */
    @PostMapping("/internal/platform/users/profiles")
    Mono<List<UserView>> profiles(@RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String tenantId = fields.text("tenantId", 1, MAX_ID);
        List<String> ids = fields.texts("ids", 0, MAX_IDS, MAX_ID);
        fields.verify();
        return users.all(tenantId, ids).collectList().flatMap(found -> views.of(tenantId, found));
    }
}
