package dev.parley.conversation;

import dev.parley.platform.outbox.OutboxSource;
import java.util.Collection;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The conversations in the document store. */
@Component
public final class ConversationStore {

    static final String COLLECTION = "conversations";
    static final OutboxSource OUTBOX = new OutboxSource(COLLECTION);

    private final ReactiveMongoTemplate mongo;

    ConversationStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** @return fails with a {@link org.springframework.dao.DuplicateKeyException} if its unique key is taken */
    public Mono<Conversation> insert(Conversation conversation) {
        return mongo.insert(conversation);
    }

    public Mono<Conversation> byUniqueKey(String uniqueKey) {
        return mongo.findOne(Query.query(Criteria.where("uniqueKey").is(uniqueKey)), Conversation.class);
    }

    public Mono<Conversation> byId(String tenantId, String id) {
        return mongo.findById(id, Conversation.class)
                .filter(conversation -> conversation.tenantId().equals(tenantId));
    }

    public Flux<Conversation> byIds(Collection<String> ids) {
        Query found = Query.query(Criteria.where("_id").in(ids)).cursorBatchSize(ids.size() + 1);
        return mongo.find(found, Conversation.class);
    }
}
