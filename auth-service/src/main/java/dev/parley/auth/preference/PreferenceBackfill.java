package dev.parley.auth.preference;

import dev.parley.auth.Backfill;
import dev.parley.auth.user.Users;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes preferences that were stored before preferences were published, so that a reader of the topic knows all of them.
 * If there is nothing to do it costs two queries.
 */
@Component
class PreferenceBackfill extends Backfill {

    private static final Logger log = LoggerFactory.getLogger(PreferenceBackfill.class);

    private record Owner(String tenantId, String userId) {}

    private final PreferenceStore store;
    private final UserPreferences preferences;
    private final Users users;

    PreferenceBackfill(PreferenceStore store, UserPreferences preferences, Users users) {
        super("published preferences");
        this.store = store;
        this.preferences = preferences;
        this.users = users;
    }

    /** @return how many users' preferences were published */
    @Override
    protected Mono<Long> run() {
        Flux<Owner> stored = store.neverPublished(BATCH).map(each -> new Owner(each.tenantId(), each.userId()));
        Flux<Owner> onUsers =
                users.withVisibilityOfNoPreferences(BATCH).map(user -> new Owner(user.tenantId(), user.id()));
        return all(stored, this::publish)
                .concatWith(all(onUsers, this::publish))
                .reduce(0L, Long::sum);
    }

    private Mono<Preferences> publish(Owner owner) {
        return preferences
                .change(owner.tenantId(), owner.userId(), PreferencesChange.NOTHING)
                .onErrorResume(failure -> {
                    log.warn(
                            "The preferences of user {} could not be published: {}",
                            owner.userId(),
                            failure.toString());
                    return Mono.empty();
                });
    }
}
