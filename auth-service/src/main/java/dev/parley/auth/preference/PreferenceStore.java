package dev.parley.auth.preference;

import dev.parley.auth.user.LastSeenVisibility;
import dev.parley.events.PreferencesChanged;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores preferences: one document for each user who has chosen anything. Each change is one write with the event that
 * publishes the new state.
 */
@Component
class PreferenceStore {

    private static final String COLLECTION = "preferences";
    private static final String REVISION = "revision";
    private static final OutboxSource OUTBOX = new OutboxSource(COLLECTION);

    private record Pending(List<PendingEvent> outbox) {}

    private final ReactiveMongoTemplate mongo;
    private final EventCodec events;
    private final Outbox outbox;
    private final Clock clock;

    PreferenceStore(ReactiveMongoTemplate mongo, EventCodec events, Outbox outbox, Clock clock) {
        this.mongo = mongo;
        this.events = events;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Empty if the user never chose any. */
    Mono<Preferences> find(String tenantId, String userId) {
        Query query =
                Query.query(Criteria.where("_id").is(userId).and("tenantId").is(tenantId));
        return mongo.findOne(query, Preferences.class, COLLECTION);
    }

    /** Some preferences that were stored before preferences were published. */
    Flux<Preferences> neverPublished(int limit) {
        Query query = Query.query(Criteria.where(REVISION).isNull()).limit(limit);
        return mongo.find(query, Preferences.class, COLLECTION);
    }

    /**
     * Stores and publishes preferences.
     *
     * @param before the stored preferences that they replace; empty if none are stored
     * @return the preferences afterwards; empty if something else is stored by now
     */
    Mono<Preferences> write(Optional<Preferences> before, Preferences after) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PreferencesChanged changed = event(after);
        PendingEvent event = events.pending(changed, changed.revision(), now);
        return before.isPresent() ? replace(before.get(), after, event) : insert(after, event);
    }

    private Mono<Preferences> insert(Preferences preferences, PendingEvent event) {
        List<PendingEvent> pending = List.of(event);
        Document document = new Document();
        mongo.getConverter().write(preferences, document);
        document.append(OutboxSource.EVENTS, mongo.getConverter().convertToMongoType(pending))
                .append(OutboxSource.SINCE, event.time());
        return mongo.insert(document, COLLECTION)
                .thenReturn(preferences)
                .doOnNext(added -> outbox.publishSoon(OUTBOX, preferences.userId(), pending))
                .onErrorResume(DuplicateKeyException.class, exists -> Mono.empty());
    }

    private Mono<Preferences> replace(Preferences before, Preferences after, PendingEvent event) {
        Query unchanged = Query.query(
                Criteria.where("_id").is(before.userId()).and(REVISION).is(before.revision()));
        Document chosen = new Document();
        mongo.getConverter().write(after, chosen);
        chosen.remove("_id");
        Update update = new Update().push(OutboxSource.EVENTS, event).min(OutboxSource.SINCE, event.time());
        chosen.forEach(update::set);
        if (after.quietHours() == null) {
            update.unset("quietHours");
        }
        return mongo.findAndModify(
                        unchanged, update, FindAndModifyOptions.options().returnNew(true), Document.class, COLLECTION)
                .doOnNext(stored -> outbox.publishSoon(
                        OUTBOX,
                        after.userId(),
                        mongo.getConverter().read(Pending.class, stored).outbox()))
                .map(stored -> after);
    }

    private static PreferencesChanged event(Preferences preferences) {
        QuietHours hours = preferences.quietHours();
        LastSeenVisibility visibility = preferences.lastSeenVisibility();
        return new PreferencesChanged(
                preferences.userId(),
                preferences.tenantId(),
                revision(preferences.revision()),
                preferences.notificationsEnabled(),
                preferences.soundEnabled(),
                preferences.messagePreview(),
                preferences.notifyOnMention(),
                preferences.notifyOnReaction(),
                preferences.notifyOnGroupInvite(),
                hours == null
                        ? null
                        : new PreferencesChanged.QuietHours(
                                hours.enabled(), hours.start(), hours.end(), hours.timezone()),
                visibility == null ? null : visibility.wireName());
    }

    private static long revision(@Nullable Long revision) {
        if (revision == null) {
            throw new IllegalArgumentException("What is published has a revision");
        }
        return revision;
    }

    @Bean
    static OutboxSource preferenceOutbox() {
        return OUTBOX;
    }

    /** The index on the revision finds preferences that have none. */
    @Bean
    static Indexes preferenceIndexes() {
        return Indexes.of(
                COLLECTION, new Index(REVISION, Direction.ASC), new Index(OutboxSource.SINCE, Direction.ASC).sparse());
    }
}
