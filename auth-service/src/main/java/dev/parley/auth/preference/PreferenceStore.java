package dev.parley.auth.preference;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Stores preferences: one document for each user who has any, written field by field, so that two devices may change two. */
@Component
class PreferenceStore {

    private static final String COLLECTION = "preferences";

    private final ReactiveMongoTemplate mongo;

    PreferenceStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Empty if the user never chose any. */
    Mono<Preferences> find(String tenantId, String userId) {
        return mongo.findOne(of(tenantId, userId), Preferences.class, COLLECTION);
    }

    /** @return all that the user has chosen then; empty if that is nothing */
    Mono<Preferences> change(String tenantId, String userId, PreferencesChange change) {
        Update update = new Update();
        change.switches().forEach(update::set);
        if (change.quietHours() != null) {
            update.set("quietHours", change.quietHours());
        }
        if (update.getUpdateObject().isEmpty()) {
            return find(tenantId, userId);
        }
        return mongo.findAndModify(
                        of(tenantId, userId),
                        update,
                        FindAndModifyOptions.options().upsert(true).returnNew(true),
                        Preferences.class,
                        COLLECTION)
                // Of two that are the first at a time, one finds the document of the other.
                .retryWhen(Retry.max(1).filter(DuplicateKeyException.class::isInstance));
    }

    private static Query of(String tenantId, String userId) {
        return Query.query(Criteria.where("_id").is(userId).and("tenantId").is(tenantId));
    }
}
