package dev.parley.notification.preference;

import dev.parley.events.PreferencesChanged;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
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
 * Stores preferences: one document for each user who has any. Each change is one write with the event that publishes the new
 * state.
 */
@Component
class PreferenceStore {

    /** Not {@code preferences}, in which auth-service kept them: services may share a database. */
    private static final String COLLECTION = "userPreferences";

    private static final String ID = "_id";
    private static final String REVISION = "revision";

    /** They are absent where nothing was chosen. */
    private static final List<String> CHOICES = List.of(
            "notificationsEnabled",
            "soundEnabled",
            "messagePreview",
            "notifyOnMention",
            "notifyOnReaction",
            "notifyOnGroupInvite",
            "quietHours",
            "lastSeenVisibility",
            "emailDigest");

    private static final OutboxSource OUTBOX = new OutboxSource(COLLECTION);

    private record Pending(List<PendingEvent> outbox) {}

    private final ReactiveMongoTemplate mongo;
    private final EventCodec events;
    private final Outbox outbox;

    PreferenceStore(ReactiveMongoTemplate mongo, EventCodec events, Outbox outbox) {
        this.mongo = mongo;
        this.events = events;
        this.outbox = outbox;
    }

    /** Empty if the user has none. */
    Mono<UserPreferences> find(String tenantId, String userId) {
        Query query = withId(userId).addCriteria(Criteria.where("tenantId").is(tenantId));
        return mongo.findOne(query, UserPreferences.class, COLLECTION);
    }

    /** Of those of these users who have any. */
    Flux<UserPreferences> findAll(Collection<String> userIds) {
        return mongo.find(Query.query(Criteria.where(ID).in(userIds)), UserPreferences.class, COLLECTION);
    }

    /**
     * Stores and publishes preferences.
     *
     * @param after what is to be stored, in place of those of the revision before; nothing may be stored if it is the first revision
     * @return the preferences afterwards; empty if something else is stored by now
     */
    Mono<UserPreferences> write(UserPreferences after) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return Mono.deferContextual(context -> {
            PendingEvent event =
                    events.pending(event(after), after.revision(), now).in(context);
            return after.revision() == 1 ? insert(after, event) : replace(after, event);
        });
    }

    private Mono<UserPreferences> insert(UserPreferences preferences, PendingEvent event) {
        List<PendingEvent> pending = List.of(event);
        Document document = document(preferences)
                .append(OutboxSource.EVENTS, mongo.getConverter().convertToMongoType(pending))
                .append(OutboxSource.SINCE, event.time());
        return mongo.insert(document, COLLECTION)
                .thenReturn(preferences)
                .doOnNext(added -> outbox.publishSoon(OUTBOX, preferences.userId(), pending))
                .onErrorResume(DuplicateKeyException.class, exists -> Mono.empty());
    }

    private Mono<UserPreferences> replace(UserPreferences after, PendingEvent event) {
        Query unchanged =
                withId(after.userId()).addCriteria(Criteria.where(REVISION).is(after.revision() - 1));
        Update update = set(after).push(OutboxSource.EVENTS, event).min(OutboxSource.SINCE, event.time());
        return mongo.findAndModify(
                        unchanged, update, FindAndModifyOptions.options().returnNew(true), Document.class, COLLECTION)
                .doOnNext(stored -> outbox.publishSoon(
                        OUTBOX,
                        after.userId(),
                        mongo.getConverter().read(Pending.class, stored).outbox()))
                .map(stored -> after);
    }

    /** Stores preferences as they were published, unless what is stored is of the same revision or a newer one. Publishes nothing. */
    Mono<Void> takeOver(UserPreferences published) {
        Mono<Boolean> replaced = mongo.updateFirst(
                        withId(published.userId())
                                .addCriteria(Criteria.where(REVISION).lt(published.revision())),
                        set(published),
                        COLLECTION)
                .map(result -> result.getMatchedCount() > 0);
        Mono<Boolean> inserted = mongo.insert(document(published), COLLECTION)
                .thenReturn(true)
                // There is something, perhaps of a moment ago.
                .onErrorResume(DuplicateKeyException.class, exists -> replaced);
        return replaced.filter(done -> !done).flatMap(none -> inserted).then();
    }

    private Document document(UserPreferences preferences) {
        Document document = new Document();
        mongo.getConverter().write(preferences, document);
        return document;
    }

    private Update set(UserPreferences preferences) {
        Update update = new Update();
        Document chosen = document(preferences);
        chosen.remove(ID);
        chosen.forEach(update::set);
        CHOICES.stream().filter(choice -> !chosen.containsKey(choice)).forEach(update::unset);
        return update;
    }

    private static Query withId(String userId) {
        return Query.query(Criteria.where(ID).is(userId));
    }

    private static PreferencesChanged event(UserPreferences preferences) {
        QuietHours hours = preferences.quietHours();
        EmailDigest digest = preferences.emailDigest();
        return new PreferencesChanged(
                preferences.userId(),
                preferences.tenantId(),
                preferences.revision(),
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
                preferences.lastSeenVisibility(),
                digest == null ? null : new PreferencesChanged.EmailDigest(digest.enabled(), digest.afterHours()));
    }

    @Bean
    static OutboxSource preferenceOutbox() {
        return OUTBOX;
    }

    @Bean
    static Indexes preferenceIndexes() {
        return Indexes.of(
                COLLECTION,
                new Index(OutboxSource.SINCE, Direction.ASC).sparse().named("outbox"));
    }
}
