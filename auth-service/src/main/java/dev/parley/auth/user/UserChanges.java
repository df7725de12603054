package dev.parley.auth.user;

import dev.parley.auth.AuthError;
import dev.parley.events.UserChanged;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Writes users. Each write holds the change and its event. If Kafka does not answer, the event stays on the user until it can
 * be published, so users can register all the same.
 */
@Component
public class UserChanges {

    private static final OptimisticUpdate UPDATE = new OptimisticUpdate(6, Duration.ofMillis(1), Duration.ofMillis(50));

    private record Pending(List<PendingEvent> outbox) {}

    private final ReactiveMongoTemplate mongo;
    private final Users users;
    private final EventCodec events;
    private final Outbox outbox;
    private final Clock clock;

    UserChanges(ReactiveMongoTemplate mongo, Users users, EventCodec events, Outbox outbox, Clock clock) {
        this.mongo = mongo;
        this.users = users;
        this.events = events;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The user that {@link #add} would store. */
    public User propose(NewUser newUser) {
        return newUser.at(now());
    }

    /**
     * Fails with {@link AuthError#EMAIL_TAKEN} or {@link AuthError#USERNAME_TAKEN} if another user has one of them, or a username that looks
     * like this one.
     */
    public Mono<Void> requireFree(User user) {
        return exists(UserStore.EMAIL_KEY, UserKeys.ofEmail(user.tenantId(), user.email()), AuthError.EMAIL_TAKEN)
                .then(exists(
                        UserStore.USERNAME_KEY,
                        UserKeys.ofUsername(user.tenantId(), user.username()),
                        AuthError.USERNAME_TAKEN))
                .then(exists(
                        UserStore.USERNAME_LOOKS,
                        UserKeys.looks(user.tenantId(), user.username()),
                        AuthError.USERNAME_TAKEN));
    }

    private Mono<Void> exists(String field, List<String> keys, AuthError taken) {
        return mongo.exists(Query.query(Criteria.where(field).in(keys)), UserStore.COLLECTION)
                .flatMap(found -> found ? Mono.error(ApiException.of(taken, taken.title())) : Mono.empty());
    }

    /**
     * Adds a user.
     *
     * @param key of the registration; null if the client gave none
     * @return fails with {@link AuthError#EMAIL_TAKEN}, {@link AuthError#USERNAME_TAKEN} or {@link PlatformError#KEY_REUSED}, also if
     *     both are added at once
     */
    public Mono<User> add(User user, @Nullable RegistrationKey key) {
        return Mono.deferContextual(
                context -> add(user, key, List.of(event(user, false).in(context))));
    }

    private Mono<User> add(User user, @Nullable RegistrationKey key, List<PendingEvent> pending) {
        Document document = new Document();
        mongo.getConverter().write(user, document);
        document.append(UserStore.EMAIL_KEY, UserKeys.email(user.tenantId(), user.email()))
                .append(UserStore.USERNAME_KEY, UserKeys.username(user.tenantId(), user.username()))
                .append(UserStore.USERNAME_LOOKS, UserKeys.looks(user.tenantId(), user.username()))
                .append(UserStore.KEY_RULES, UserKeys.RULES)
                .append(UserStore.WORDS, SearchWords.of(user))
                .append(OutboxSource.EVENTS, mongo.getConverter().convertToMongoType(pending))
                .append(OutboxSource.SINCE, user.updatedAt());
        if (key != null) {
            document.append(UserStore.REGISTRATION_KEY, key.value())
                    .append(UserStore.REGISTRATION_FINGERPRINT, key.fingerprint());
        }
        return mongo.insert(document, UserStore.COLLECTION)
                .thenReturn(user)
                .doOnNext(added -> outbox.publishSoon(UserStore.OUTBOX, added.id(), pending))
                .onErrorResume(DuplicateKeyException.class, taken -> requireFree(user)
                        .then(Mono.error(key == null ? taken : RegistrationKey.reused())));
    }

    /** @return the user afterwards; fails with {@link AuthError#CONCURRENT_CHANGE} if others keep changing it */
    public Mono<User> change(String tenantId, String userId, ProfileChange change) {
        return change(tenantId, userId, user -> user.with(change, now()));
    }

    /**
     * Copies who may see when the user was last seen.
     *
     * @param preferencesRevision of the preferences that say so; those of a lower revision than the last change nothing
     * @return the user afterwards; fails with {@link AuthError#CONCURRENT_CHANGE} if others keep changing it
     */
    public Mono<User> changeVisibility(
            String tenantId, String userId, LastSeenVisibility visibility, long preferencesRevision) {
        return change(tenantId, userId, user -> user.with(visibility, preferencesRevision, now()));
    }

    /**
     * Makes a file of the platform the picture of a user.
     *
     * @return fails with {@link AuthError#USER_NOT_FOUND}, or with {@link AuthError#CONCURRENT_CHANGE} if others keep changing the user
     */
    public Mono<NewAvatar> changeAvatar(String tenantId, String userId, String fileId) {
        return change(tenantId, userId, user -> user.withAvatar(fileId, now()), NewAvatar::new);
    }

    private Mono<User> change(String tenantId, String userId, UnaryOperator<User> change) {
        return change(tenantId, userId, change, (before, after) -> after);
    }

    private <T> Mono<T> change(
            String tenantId, String userId, UnaryOperator<User> change, BiFunction<User, User, T> result) {
        return UPDATE.run(
                users.get(tenantId, userId),
                user -> {
                    User changed = change.apply(user);
                    Mono<User> after = changed.equals(user) ? Mono.just(user) : replace(user, changed);
                    return after.map(written -> result.apply(user, written));
                },
                () -> ApiException.of(AuthError.CONCURRENT_CHANGE, "Read the profile and try again"));
    }

    /** Empty if the user was changed meanwhile. */
    private Mono<User> replace(User before, User after) {
        Query unchanged = Query.query(Criteria.where("_id")
                .is(before.id())
                .and(UserStore.REVISION)
                .is(before.revision())
                .and(UserStore.PREFERENCES_REVISION)
                .is(before.preferencesRevision()));
        if (after.revision() == before.revision()) {
            return mongo.updateFirst(
                            unchanged,
                            Update.update(UserStore.PREFERENCES_REVISION, after.preferencesRevision()),
                            UserStore.COLLECTION)
                    .filter(result -> result.getMatchedCount() > 0)
                    .map(updated -> after);
        }
        return Mono.deferContextual(context -> replace(
                unchanged, after, event(after, after.looksOtherThan(before)).in(context)));
    }

    private Mono<User> replace(Query unchanged, User after, PendingEvent event) {
        Update update = new Update()
                .set("displayName", after.displayName())
                .set(UserStore.WORDS, SearchWords.of(after))
                .set(UserStore.REVISION, after.revision())
                .set("updatedAt", after.updatedAt())
                .push(OutboxSource.EVENTS, event)
                .min(OutboxSource.SINCE, after.updatedAt());
        setOrUnset(update, "firstName", after.firstName());
        setOrUnset(update, "lastName", after.lastName());
        setOrUnset(update, "phone", after.phone());
        setOrUnset(update, "avatarUrl", after.avatarUrl());
        setOrUnset(update, "avatarFileId", after.avatarFileId());
        setOrUnset(update, UserStore.VISIBILITY, after.lastSeenVisibility());
        setOrUnset(update, UserStore.PREFERENCES_REVISION, after.preferencesRevision());
        return mongo.findAndModify(
                        unchanged,
                        update,
                        FindAndModifyOptions.options().returnNew(true),
                        Document.class,
                        UserStore.COLLECTION)
                .doOnNext(stored -> outbox.publishSoon(
                        UserStore.OUTBOX,
                        after.id(),
                        mongo.getConverter().read(Pending.class, stored).outbox()))
                .map(stored -> after);
    }

    /**
     * Publishes again what others know of a user. It goes through the user's document, so that no later change is overtaken. Nothing is
     * published if the user was changed meanwhile, which is told anyway.
     */
    Mono<Void> publishAgain(User user) {
        Query unchanged = Query.query(
                Criteria.where("_id").is(user.id()).and(UserStore.REVISION).is(user.revision()));
        Update update =
                new Update().push(OutboxSource.EVENTS, event(user, false)).min(OutboxSource.SINCE, now());
        return mongo.findAndModify(
                        unchanged,
                        update,
                        FindAndModifyOptions.options().returnNew(true),
                        Pending.class,
                        UserStore.COLLECTION)
                .flatMap(pending -> outbox.publish(UserStore.OUTBOX, user.id(), pending.outbox()));
    }

    private static void setOrUnset(Update update, String field, @Nullable Object value) {
        if (value == null) {
            update.unset(field);
        } else {
            update.set(field, value);
        }
    }

    private PendingEvent event(User user, boolean profileChanged) {
        LastSeenVisibility visibility = user.lastSeenVisibility();
        UserChanged changed = new UserChanged(
                user.id(),
                user.tenantId(),
                user.username(),
                user.displayName(),
                user.firstName(),
                user.lastName(),
                user.avatarUrl(),
                visibility == null || visibility == LastSeenVisibility.EVERYONE ? null : visibility.wireName(),
                profileChanged,
                user.avatarFileId());
        return events.pending(changed, user.revision(), user.updatedAt());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
