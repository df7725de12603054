package dev.parley.auth.user;

import dev.parley.auth.Backfill;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Computes the keys and search words of users anew who were stored under earlier rules. If there is nothing to do it costs one query.
 * A key that somebody else has already is not taken: the user keeps the earlier one and is found by it ({@link UserKeys#earlier}). So
 * nobody who could sign in is locked out.
 */
@Component
class KeyRenewal extends Backfill {

    private static final Logger log = LoggerFactory.getLogger(KeyRenewal.class);

    private final ReactiveMongoTemplate mongo;
    private final Users users;

    KeyRenewal(ReactiveMongoTemplate mongo, Users users) {
        super("keys and search words of users");
        this.mongo = mongo;
        this.users = users;
    }

    /** @return how many users' keys were looked at */
    @Override
    protected Mono<Long> run() {
        return all(users.withEarlierKeys(BATCH), this::renew);
    }

    private Mono<User> renew(User user) {
        return set(user, UserStore.EMAIL_KEY, UserKeys.email(user.tenantId(), user.email()))
                .then(set(user, UserStore.USERNAME_KEY, UserKeys.username(user.tenantId(), user.username())))
                .then(set(user, UserStore.USERNAME_LOOKS, UserKeys.looks(user.tenantId(), user.username())))
                .then(words(user))
                .thenReturn(user);
    }

    private Mono<Void> set(User user, String field, Object key) {
        return mongo.updateFirst(
                        Query.query(Criteria.where("_id").is(user.id())),
                        Update.update(field, key),
                        UserStore.COLLECTION)
                .onErrorResume(DuplicateKeyException.class, taken -> {
                    log.warn("The new {} of user {} belongs to another user: it stays as it is", field, user.id());
                    return Mono.empty();
                })
                .then();
    }

    /** If the profile is changed meanwhile, the words are not written, and the user comes with the next batch again. */
    private Mono<Void> words(User user) {
        Query unchanged = Query.query(
                Criteria.where("_id").is(user.id()).and(UserStore.REVISION).is(user.revision()));
        Update update = Update.update(UserStore.WORDS, SearchWords.of(user)).set(UserStore.KEY_RULES, UserKeys.RULES);
        return mongo.updateFirst(unchanged, update, UserStore.COLLECTION).then();
    }
}
