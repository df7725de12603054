package dev.parley.message.store;

import dev.parley.platform.outbox.OutboxSource;
import java.time.Instant;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads what was sent or changed since a time, conversation by conversation. */
public final class ChangedMessages {

    private static final String CONVERSATION_ID = "conversationId";
    private static final String SEQ = "seq";

    private final ReactiveMongoTemplate mongo;
    private final MessageStore store;

    ChangedMessages(ReactiveMongoTemplate mongo, MessageStore store) {
        this.mongo = mongo;
        this.store = store;
    }

    /** The first conversation with messages behind this one, in the order of ids; empty if there is none. */
    public Mono<String> conversationAfter(String conversationId) {
        Query next = Query.query(Criteria.where(CONVERSATION_ID).gt(conversationId))
                .with(Sort.by(CONVERSATION_ID, SEQ))
                .limit(1);
        next.fields().include(CONVERSATION_ID);
        return mongo.find(next, Document.class, MessageStore.COLLECTION)
                .next()
                .map(found -> found.getString(CONVERSATION_ID));
    }

    /** The highest {@code seq} of a conversation; empty if it has no messages. */
    public Mono<Long> end(String conversationId) {
        return store.newest(conversationId).map(Message::seq);
    }

    /** The messages with {@code after < seq <= upTo} that were sent or changed since a time, in the order of {@code seq}. */
    public Flux<Message> since(Instant time, String conversationId, long after, long upTo) {
        Query changed = Query.query(Criteria.where(CONVERSATION_ID)
                        .is(conversationId)
                        .and(SEQ)
                        .gt(after)
                        .lte(upTo)
                        .orOperator(
                                Criteria.where("createdAt").gte(time),
                                Criteria.where("changes.updatedAt").gte(time)))
                .with(Sort.by(SEQ));
        changed.fields().exclude(MessageStore.PAST, OutboxSource.EVENTS, OutboxSource.SINCE);
        return mongo.find(changed, Document.class, MessageStore.COLLECTION)
                .map(store::read)
                .concatMap(store::opened);
    }
}
