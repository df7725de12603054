package dev.parley.auth.credential;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stores the password hashes, apart from the users, so that code which reads users never reads a hash. */
@Component
class CredentialStore {

    private static final String COLLECTION = "credentials";

    record Credential(@Id String userId, String passwordHash) {

        @Override
        public String toString() {
            return "Credential[" + userId + ", ***]";
        }
    }

    private final ReactiveMongoTemplate mongo;

    CredentialStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    Mono<Void> add(String userId, PasswordHash hash) {
        return mongo.insert(new Credential(userId, hash.value()), COLLECTION).then();
    }

    /** Empty if the user has no password. */
    Mono<PasswordHash> find(String userId) {
        return mongo.findOne(withId(userId), Credential.class, COLLECTION)
                .map(credential -> new PasswordHash(credential.passwordHash()));
    }

    Mono<Void> remove(String userId) {
        return mongo.remove(withId(userId), COLLECTION).then();
    }

    private static Query withId(String userId) {
        return Query.query(Criteria.where("_id").is(userId));
    }
}
