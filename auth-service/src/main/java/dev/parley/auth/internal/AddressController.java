package dev.parley.auth.internal;

import dev.parley.auth.user.Users;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Tells services the e-mail addresses of many users at once, so that they can be written to. Nobody else is told them. */
@RestController
class AddressController {

    private static final int MAX_IDS = 200;

    record AddressView(String userId, String email) {

        @Override
        public String toString() {
            return "AddressView[" + userId + ", ***]";
        }
    }

    private final Users users;

    AddressController(Users users) {
        this.users = users;
    }

    /** In the order of the ids. Ids of users that the tenant does not have are left out. */
    @PostMapping("/internal/platform/users/addresses")
    Mono<List<AddressView>> addresses(@RequestBody(required = false) @Nullable JsonNode body) {
        UsersQuestion asked = UsersQuestion.read(body, "ids", MAX_IDS);
        return users.all(asked.tenantId(), asked.names())
                .map(user -> new AddressView(user.id(), user.email()))
                .collectList();
    }
}
