package dev.parley.auth.user;

import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Publishes again what others know of all users, in the order of their ids. The topic of users is the only place where services that begin to
 * follow learn it, and Kafka may have lost that. A portion at a time, so that whoever asks can go on after a failure.
 */
@Component
public class RepublishUsers {

    private static final int PORTION = 200;
    private static final int MAX_AT_ONCE = 16;

    /**
     * @param users how many were looked at
     * @param next the last of them, behind whom the next portion begins; null if there is none
     */
    public record Portion(long users, @Nullable String next) {}

    private final ReactiveMongoTemplate mongo;
    private final UserChanges changes;

    RepublishUsers(ReactiveMongoTemplate mongo, UserChanges changes) {
        this.mongo = mongo;
        this.changes = changes;
    }

    /** @param after the user who was the last of the portion before; empty for the first portion */
    public Mono<Portion> publish(String after) {
        Query next = Query.query(Criteria.where("_id").gt(after))
                .with(Sort.by("_id"))
                .limit(PORTION);
        return mongo.find(next, User.class, UserStore.COLLECTION)
                .flatMapSequential(user -> changes.publishAgain(user).thenReturn(user.id()), MAX_AT_ONCE)
                .collectList()
                .map(ids -> new Portion(ids.size(), ids.size() < PORTION ? null : ids.get(ids.size() - 1)));
    }
}
