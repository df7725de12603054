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

/** Gives services many users at once, in the form of {@code /api/v1}, as one user may see them. */
@RestController
class ProfileController {

    private static final int MAX_IDS = 200;
    private static final int MAX_ID_LENGTH = 128;

    private final Users users;
    private final UserViews views;

    ProfileController(Users users, UserViews views) {
        this.users = users;
        this.views = views;
    }

    /** In the order of the ids. Ids of users that the tenant does not have are left out. */
    @PostMapping("/internal/platform/users/profiles")
    Mono<List<UserView>> profiles(@RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String tenantId = fields.text("tenantId", 1, MAX_ID_LENGTH);
        String viewerId = fields.text("viewerId", 1, MAX_ID_LENGTH);
        List<String> ids = fields.texts("ids", 0, MAX_IDS, MAX_ID_LENGTH);
        fields.verify();
        return users.all(tenantId, ids).collectList().flatMap(found -> views.of(viewerId, tenantId, found));
    }
}
