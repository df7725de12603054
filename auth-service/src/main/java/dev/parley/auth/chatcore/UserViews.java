package dev.parley.auth.chatcore;

import dev.parley.auth.presence.StatusAccess;
import dev.parley.auth.user.User;
import dev.parley.platform.file.FileUrls;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows users with whether they are online now, as far as the viewer may see that. */
@Component
final class UserViews {

    private final StatusAccess statuses;
    private final FileUrls urls;

    UserViews(StatusAccess statuses, FileUrls urls) {
        this.statuses = statuses;
        this.urls = urls;
    }

    /** A user who has just been registered is offline. */
    OwnUserView ofNew(User user) {
        return OwnUserView.of(user, "offline", urls);
    }

    /** A user as the user's own client sees it. */
    Mono<OwnUserView> own(User user) {
        return statuses.of(user.id(), user.tenantId(), List.of(user))
                .map(known -> OwnUserView.of(user, known.get(user.id()), urls));
    }

    Mono<UserView> of(String viewerId, User user) {
        return of(viewerId, user.tenantId(), List.of(user)).map(views -> views.get(0));
    }

    /** Users of the viewer's tenant, in the given order. */
    Mono<List<UserView>> of(String viewerId, String tenantId, List<User> users) {
        return statuses.of(viewerId, tenantId, users).map(known -> users.stream()
                .map(user -> UserView.of(user, known.get(user.id()), urls))
                .toList());
    }
}
