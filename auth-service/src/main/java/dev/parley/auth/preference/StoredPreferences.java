package dev.parley.auth.preference;

import dev.parley.auth.AuthError;
import dev.parley.auth.user.LastSeenVisibility;
import dev.parley.auth.user.User;
import dev.parley.auth.user.UserChanges;
import dev.parley.auth.user.Users;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps preferences in this service's own store. Users carry a copy of their last-seen visibility, because other services learn it from
 * {@code user.changed}. The copy is written after the preferences; if that fails, {@code LastSeenUpdates} writes it later.
 */
@Component
class StoredPreferences implements UserPreferences {

    private static final OptimisticUpdate UPDATE = new OptimisticUpdate(6, Duration.ofMillis(1), Duration.ofMillis(50));

    private final PreferenceStore store;
    private final Users users;
    private final UserChanges changes;

    StoredPreferences(PreferenceStore store, Users users, UserChanges changes) {
        this.store = store;
        this.users = users;
        this.changes = changes;
    }

    @Override
    public Mono<Preferences> of(String tenantId, String userId) {
        return users.get(tenantId, userId).flatMap(user -> stored(user)
                .mapNotNull(stored -> known(user, stored).orElse(null)));
    }

    @Override
    public Mono<Preferences> change(String tenantId, String userId, PreferencesChange change) {
        return UPDATE.run(
                        users.get(tenantId, userId),
                        user -> attempt(user, change),
                        () -> ApiException.of(AuthError.CONCURRENT_CHANGE, "Read the preferences and try again"))
                .flatMap(Mono::justOrEmpty);
    }

    /** Empty if somebody else changed the preferences meanwhile. Preferences that were never published are written in any case. */
    private Mono<Optional<Preferences>> attempt(User user, PreferencesChange change) {
        return stored(user).flatMap(stored -> {
            Optional<Preferences> known = known(user, stored);
            Preferences changed = known.orElseGet(() -> Preferences.none(user)).with(change);
            boolean nothingChosen = known.isEmpty() && changed.equals(Preferences.none(user));
            if (nothingChosen) {
                return Mono.just(known);
            }
            boolean published = changed.revision() != null && stored.equals(Optional.of(changed));
            Mono<Preferences> written = published ? Mono.just(changed) : store.write(stored, changed.next());
            return written.flatMap(preferences -> copyToUser(preferences).thenReturn(Optional.of(preferences)));
        });
    }

    private Mono<Optional<Preferences>> stored(User user) {
        return store.find(user.tenantId(), user.id()).map(Optional::of).defaultIfEmpty(Optional.empty());
    }

    /** The last-seen visibility of preferences that were never published is stored on the user alone. */
    private static Optional<Preferences> known(User user, Optional<Preferences> stored) {
        LastSeenVisibility onUser = user.lastSeenVisibility();
        if (onUser == null) {
            return stored;
        }
        Preferences preferences = stored.orElseGet(() -> Preferences.none(user));
        return Optional.of(
                preferences.lastSeenVisibility() == null
                        ? preferences.with(PreferencesChange.of(onUser))
                        : preferences);
    }

    private Mono<Void> copyToUser(Preferences preferences) {
        LastSeenVisibility visibility = preferences.lastSeenVisibility();
        Long revision = preferences.revision();
        return visibility == null || revision == null
                ? Mono.empty()
                : changes.changeVisibility(preferences.tenantId(), preferences.userId(), visibility, revision)
                        .then();
    }

    @Override
    public Flux<LastSeenChoice> restrictedLastSeen(String tenantId, List<String> userIds) {
        return users.all(tenantId, userIds).handle((user, choices) -> {
            LastSeenVisibility visibility = user.lastSeenVisibility();
            if (visibility != null && visibility != LastSeenVisibility.EVERYONE) {
                choices.next(new LastSeenChoice(user.id(), visibility));
            }
        });
    }
}
