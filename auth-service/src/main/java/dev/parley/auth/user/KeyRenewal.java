package dev.parley.auth.user;

import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import dev.parley.platform.job.Term;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Computes the keys and search words of users anew who were stored under earlier rules. Runs in the background, in batches; if
 * it fails it begins again, after longer and longer pauses. If there is nothing to do it costs one query.
 * A key that somebody else has already is not taken: the user keeps the earlier one and is found by it ({@link UserKeys#earlier}). So
 * nobody who could sign in is locked out.
 */
@Component
class KeyRenewal {

    private static final Logger log = LoggerFactory.getLogger(KeyRenewal.class);

    /** How many users to ask the store for at once. */
    private static final int BATCH = 200;

    private static final int MAX_CONCURRENT = 8;

    /** An instance of an earlier version, which an update has yet to replace, still stores users under its rules. */
    private static final Duration INTERVAL = Duration.ofHours(1);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final ReactiveMongoTemplate mongo;
    private final Users users;

    KeyRenewal(ReactiveMongoTemplate mongo, Users users) {
        this.mongo = mongo;
        this.users = users;
    }

    @Bean
    static RecurringJob renewalOfKeys(RecurringJobs jobs, KeyRenewal renewal) {
        return jobs.once("renewal of the keys and search words of users", INTERVAL, Mono.defer(renewal::insist));
    }

    private Mono<Long> insist() {
        return renewAll()
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                        .maxBackoff(LONGEST_RETRY)
                        .filter(failure -> !(failure instanceof Term.OverException))
                        .doBeforeRetry(retry -> log.warn(
                                "The keys and search words of users could not be brought up to date; it is tried again: {}",
                                retry.failure().toString())))
                .doOnNext(renewed -> {
                    if (renewed > 0) {
                        log.info("The keys and search words of {} users were brought up to date", renewed);
                    }
                });
    }

    /**
     * Takes batch after batch, until there is none.
     *
     * @return how many users' keys were looked at; running it again when all is done changes nothing
     */
    Mono<Long> renewAll() {
        return users.withEarlierKeys(BATCH)
                .flatMap(user -> Term.step(renew(user)), MAX_CONCURRENT)
                .count()
                .repeat()
                .takeUntil(renewed -> renewed == 0)
                .reduce(0L, Long::sum);
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
