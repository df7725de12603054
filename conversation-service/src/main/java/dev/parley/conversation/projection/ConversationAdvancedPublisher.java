package dev.parley.conversation.projection;

import dev.parley.conversation.Conversation;
import dev.parley.events.ConversationAdvanced;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import java.util.Collection;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells that conversations are as far as the events that were handled. */
@Component
final class ConversationAdvancedPublisher {

    private record Head(@Id String id, String tenantId, long lastSeq) {}

    private final ReactiveMongoTemplate mongo;
    private final EventPublisher publisher;
    private final EventCodec events;

    ConversationAdvancedPublisher(ReactiveMongoTemplate mongo, EventPublisher publisher, EventCodec events) {
        this.mongo = mongo;
        this.publisher = publisher;
        this.events = events;
    }

    /** Uses no outbox: if this event cannot be published, the handled events are not committed and come again. */
    Mono<Void> publish(Collection<String> conversationIds) {
        if (conversationIds.isEmpty()) {
            return Mono.empty();
        }
        Query heads = Query.query(Criteria.where("_id").in(conversationIds));
        heads.fields().include("tenantId", "lastSeq");
        return mongo.find(heads, Head.class, mongo.getCollectionName(Conversation.class))
                .map(head -> events.pending(new ConversationAdvanced(head.id(), head.tenantId(), head.lastSeq())))
                .collectList()
                .flatMap(publisher::publish);
    }
}
