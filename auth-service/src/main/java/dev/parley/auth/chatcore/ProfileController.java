package dev.parley.auth.chatcore;

import dev.parley.auth.internal.UsersQuestion;
import dev.parley.auth.user.Users;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Gives services many users at once in the form of {@code /api/v1}. */
@RestController
class ProfileController {

    private static final int MAX_IDS = 200;

    private final Users users;
    private final UserViews views;

    ProfileController(Users users, UserViews views) {
        this.users = users;
        this.views = views;
    }

    /** In the order of the ids. Ids of users that the tenant does not have are left out. */
    @PostMapping("/internal/platform/users/profiles")
    Mono<List<UserView>> profiles(@RequestBody(required = false) @Nullable JsonNode body) {
        UsersQuestion asked = UsersQuestion.read(body, "ids", MAX_IDS);
        String tenantId = asked.tenantId();
        return users.all(tenantId, asked.names()).collectList().flatMap(found -> views.of(tenantId, found));
    }
}
