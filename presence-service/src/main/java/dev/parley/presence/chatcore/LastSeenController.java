package dev.parley.presence.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import dev.parley.presence.PresenceError;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.ContactLookup;
import dev.parley.presence.online.LastSeenPrivacy;
import dev.parley.presence.online.LastSeenPrivacy.Visibility;
import dev.parley.presence.online.LastSeenStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** When somebody was last there. */
@RestController
class LastSeenController {

    /** @param lastSeenAt when the last device went; null if there never was one, or it is not for the asker to know */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LastSeenView(@Nullable Instant lastSeenAt) {}

    private final LastSeenStore lastSeen;
    private final LastSeenPrivacy privacy;
    private final ContactLookup contacts;
    private final UserDirectory users;

    LastSeenController(LastSeenStore lastSeen, LastSeenPrivacy privacy, ContactLookup contacts, UserDirectory users) {
        this.lastSeen = lastSeen;
        this.privacy = privacy;
        this.contacts = contacts;
        this.users = users;
    }

    @GetMapping("/api/v1/users/{userId}/last-seen")
    Mono<LastSeenView> lastSeen(@PathVariable String userId, Caller caller) {
        return users.find(List.of(userId), caller)
                .filter(found -> found.containsKey(userId))
                .switchIfEmpty(Mono.error(() -> ApiException.of(PresenceError.USER_NOT_FOUND, "No user with this id")))
                .flatMap(found -> maySee(caller, userId))
                .filter(seen -> seen)
                .flatMap(seen -> lastSeen.find(new UserKey(caller.tenantId(), userId)))
                .map(LastSeenView::new)
                .defaultIfEmpty(new LastSeenView(null));
    }

    private Mono<Boolean> maySee(Caller caller, String userId) {
        if (caller.userId().equals(userId)) {
            return Mono.just(true);
        }
        return privacy.visibilities(caller.tenantId(), Set.of(userId))
                .map(chosen -> chosen.getOrDefault(userId, Visibility.NOBODY))
                .flatMap(visibility -> visibility == Visibility.CONTACTS
                        ? contacts.shareConversation(caller.userId(), userId)
                        : Mono.just(visibility == Visibility.EVERYONE));
    }
}
