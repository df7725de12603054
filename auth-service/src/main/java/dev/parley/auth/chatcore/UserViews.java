package dev.parley.auth.chatcore;

import dev.parley.auth.presence.Presence;
import dev.parley.auth.user.User;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows users as they are stored, and whether they are online now. */
@Component
final class UserViews {

    private final Presence presence;

    UserViews(Presence presence) {
        this.presence = presence;
    }

    /** Who has just been registered is not online yet. */
    UserView ofNew(User user) {
        return UserView.of(user, "offline");
    }

    Mono<UserView> of(User user) {
        return presence.of(user.tenantId(), List.of(user.id()))
                .map(statuses -> UserView.of(user, statuses.get(user.id())));
    }

    /** Users of one tenant, in the order given. */
    Mono<List<UserView>> of(String tenantId, List<User> users) {
        return presence.of(tenantId, users.stream().map(User::id).toList()).map(statuses -> users.stream()
                .map(user -> UserView.of(user, statuses.get(user.id())))
                .toList());
    }
}
