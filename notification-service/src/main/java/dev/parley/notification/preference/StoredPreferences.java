package dev.parley.notification.preference;

import dev.parley.notification.NotificationError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The preferences of users, once all that there were before have been taken over. */
@Component
public final class StoredPreferences implements Preferences {

    private static final OptimisticUpdate UPDATE = new OptimisticUpdate(6, Duration.ofMillis(1), Duration.ofMillis(50));

    private final PreferenceStore store;
    private final TakeoverGate takeover;
    private final VisibilityCopies copies;

    StoredPreferences(PreferenceStore store, TakeoverGate takeover, VisibilityCopies copies) {
        this.store = store;
        this.takeover = takeover;
        this.copies = copies;
    }

    /** Empty if the user has none. */
    public Mono<UserPreferences> of(String tenantId, String userId) {
        return takeover.opened().then(store.find(tenantId, userId));
    }

    @Override
    public Mono<Map<String, PushPreferences>> ofUsers(Collection<String> userIds) {
        Map<String, PushPreferences> all = new HashMap<>();
        userIds.forEach(id -> all.put(id, PushPreferences.DEFAULTS));
        return takeover.opened()
                .thenMany(store.findAll(userIds))
                .doOnNext(chosen -> all.put(chosen.userId(), chosen.push()))
                .then(Mono.just(all));
    }

    /**
     * Changes what is named in the change and publishes the new state. A change of the last-seen visibility is written where users are
     * shown to others before this completes.
     *
     * @return all that the user has chosen then; empty if that is nothing
     */
    public Mono<UserPreferences> change(String tenantId, String userId, PreferencesChange change) {
        Mono<Optional<UserPreferences>> read =
                store.find(tenantId, userId).map(Optional::of).defaultIfEmpty(Optional.empty());
        return takeover.opened()
                .then(UPDATE.run(
                        read,
                        stored -> attempt(stored, UserPreferences.none(tenantId, userId), change),
                        () -> ApiException.of(
                                NotificationError.CONCURRENT_CHANGE, "Read the preferences and try again")))
                .flatMap(Mono::justOrEmpty)
                .delayUntil(changed -> change.lastSeenVisibility() == null ? Mono.empty() : copies.write(changed));
    }

    /** Completes empty if somebody else changed the preferences meanwhile. */
    private Mono<Optional<UserPreferences>> attempt(
            Optional<UserPreferences> stored, UserPreferences none, PreferencesChange change) {
        UserPreferences before = stored.orElse(none);
        UserPreferences after = before.with(change);
        return after.equals(before)
                ? Mono.just(stored)
                : store.write(after.next()).map(Optional::of);
    }

    /** Gives a user who has no preferences some that say nothing, so that all defaults apply. */
    public Mono<Void> createDefaults(String tenantId, String userId) {
        return takeover.opened()
                .then(store.find(tenantId, userId))
                .switchIfEmpty(Mono.defer(
                        () -> store.write(UserPreferences.none(tenantId, userId).next())))
                .then();
    }
}
