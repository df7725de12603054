package dev.parley.presence.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import dev.parley.presence.PresenceError;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.LastSeenAccess;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers when a user was last seen. */
@RestController
class LastSeenController {

    /** @param lastSeenAt when the user's last device disconnected; null if never, or if the caller may not see it */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LastSeenView(@Nullable Instant lastSeenAt) {}

    private final LastSeenAccess lastSeen;
    private final UserDirectory users;

    LastSeenController(LastSeenAccess lastSeen, UserDirectory users) {
        this.lastSeen = lastSeen;
        this.users = users;
    }

    @GetMapping("/api/v1/users/{userId}/last-seen")
    Mono<LastSeenView> lastSeen(@PathVariable String userId, Caller caller) {
        return users.find(List.of(userId), caller)
                .filter(found -> found.containsKey(userId))
                .switchIfEmpty(Mono.error(() -> ApiException.of(PresenceError.USER_NOT_FOUND, "No user with this id")))
                .flatMap(found -> lastSeen.find(new UserKey(caller.tenantId(), caller.userId()), userId))
                .map(LastSeenView::new)
                .defaultIfEmpty(new LastSeenView(null));
    }
}
