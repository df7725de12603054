package dev.parley.auth.preference;

import dev.parley.auth.user.LastSeenVisibility;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What users have chosen for themselves, as the rest of this service sees it. Only the owner of the preferences knows how they
 * are stored, so they can move to another service without a change of those who use them.
 */
public interface UserPreferences {

    /** @param visibility who may see when the user was last seen */
    record LastSeenChoice(String userId, LastSeenVisibility visibility) {}

    /** Empty if the user never chose anything; fails if there is no such user. */
    Mono<Preferences> of(String tenantId, String userId);

    /**
     * Changes what is named in the change and publishes the new state.
     *
     * @return all that the user has chosen then; empty if that is nothing; fails if there is no such user
     */
    Mono<Preferences> change(String tenantId, String userId, PreferencesChange change);

    /** Those of these users of a tenant who do not let everyone see when they were last seen, in the order of the ids. */
    Flux<LastSeenChoice> restrictedLastSeen(String tenantId, List<String> userIds);
}
