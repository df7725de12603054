package dev.parley.conversation;

import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.Subject;
import dev.parley.platform.error.Violation;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks up the users whom somebody wants in a conversation. */
@Component
public final class TenantUsers {

    private final UserDirectory users;

    TenantUsers(UserDirectory users) {
        this.users = users;
    }

    /**
     * The profiles of all given users, by id.
     *
     * @return fails if one of them is not a user of the caller's tenant, and names each; the caller always is one
     */
    public Mono<Map<String, UserSummary>> find(Collection<String> ids, Caller caller) {
        return users.find(ids, caller).map(found -> {
            List<Violation> unknown = ids.stream()
                    .filter(id -> !found.containsKey(id) && !id.equals(caller.userId()))
                    .map(id -> new Violation(Subject.of("user", id), "unknown-user", "is not a user of this tenant"))
                    .toList();
            if (!unknown.isEmpty()) {
                throw ApiException.violated(unknown);
            }
            Map<String, UserSummary> profiles = new HashMap<>(found);
            ids.forEach(id -> profiles.computeIfAbsent(id, UserDirectory::unknown));
            return profiles;
        });
    }
}
