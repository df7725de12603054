package dev.parley.auth.chatcore;

import dev.parley.auth.presence.PresenceClient;
import dev.parley.auth.user.User;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows users with whether they are online now. */
@Component
final class UserViews {

    private final PresenceClient presence;

    UserViews(PresenceClient presence) {
        this.presence = presence;
    }

    /** A user who has just been registered is offline. */
    UserView ofNew(User user) {
        return UserView.of(user, "offline");
    }

    Mono<UserView> of(User user) {
        return presence.of(user.tenantId(), List.of(user.id()))
                .map(statuses -> UserView.of(user, statuses.get(user.id())));
    }

    /** Users of one tenant, in the given order. */
    Mono<List<UserView>> of(String tenantId, List<User> users) {
        return presence.of(tenantId, users.stream().map(User::id).toList()).map(statuses -> users.stream()
                .map(user -> UserView.of(user, statuses.get(user.id())))
                .toList());
    }
}
