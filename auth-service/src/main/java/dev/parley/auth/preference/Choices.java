package dev.parley.auth.preference;

import dev.parley.auth.user.LastSeenVisibility;
import dev.parley.auth.user.User;
import dev.parley.auth.user.UserChanges;
import dev.parley.auth.user.Users;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What users choose for themselves. Who is told when a user was last seen is part of the user, since other services are told
 * of it in one order with all that changes of a user; the rest is of concern to nobody else yet.
 */
@Component
public class Choices {

    private final PreferenceStore store;
    private final Users users;
    private final UserChanges changes;

    Choices(PreferenceStore store, Users users, UserChanges changes) {
        this.store = store;
        this.users = users;
        this.changes = changes;
    }

    /** All that a user has chosen. */
    public record Chosen(Preferences preferences, LastSeenVisibility lastSeenVisibility) {}

    /** Empty if the user never chose anything; fails if there is no such user. */
    public Mono<Chosen> of(String tenantId, String userId) {
        return users.get(tenantId, userId).flatMap(user -> chosen(user, store.find(tenantId, userId)));
    }

    /**
     * Both parts are written one after the other: who is not answered asks again, and changes nothing twice.
     *
     * @return all that the user has chosen then; empty if that is nothing
     */
    public Mono<Chosen> change(String tenantId, String userId, PreferencesChange change) {
        LastSeenVisibility visibility = change.lastSeenVisibility();
        Mono<User> user = visibility == null
                ? users.get(tenantId, userId)
                : changes.changeVisibility(tenantId, userId, visibility);
        return user.flatMap(changed -> chosen(changed, store.change(tenantId, userId, change)));
    }

    private static Mono<Chosen> chosen(User user, Mono<Preferences> preferences) {
        LastSeenVisibility visibility = user.lastSeenVisibility();
        Mono<Preferences> known = visibility == null
                ? preferences
                : preferences.defaultIfEmpty(Preferences.none(user.tenantId(), user.id()));
        return known.map(some -> new Chosen(some, visibility == null ? LastSeenVisibility.EVERYONE : visibility));
    }
}
