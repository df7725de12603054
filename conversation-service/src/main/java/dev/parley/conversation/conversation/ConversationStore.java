package dev.parley.conversation.conversation;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.data.annotation.Id;
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

    record Activity(@Id String id, Instant lastActivityAt) {}

    private final ReactiveMongoTemplate mongo;

    ConversationStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** @return fails with a {@link org.springframework.dao.DuplicateKeyException} if its unique key is taken */
    Mono<Conversation> insert(Conversation conversation) {
        return mongo.insert(conversation);
    }

    Mono<Conversation> byUniqueKey(String uniqueKey) {
        return mongo.findOne(Query.query(Criteria.where("uniqueKey").is(uniqueKey)), Conversation.class);
    }

    public Mono<Conversation> byId(String tenantId, String id) {
        return mongo.findById(id, Conversation.class)
                .filter(conversation -> conversation.tenantId().equals(tenantId));
    }

    Flux<Conversation> byIds(Collection<String> ids) {
        return mongo.find(Query.query(Criteria.where("_id").in(ids)), Conversation.class);
    }

    /** When each of these was last active, and nothing more of it. */
    Flux<Activity> activity(Collection<String> ids) {
        Query query = Query.query(Criteria.where("_id").in(ids));
        query.fields().include("lastActivityAt");
        return mongo.find(query, Activity.class, COLLECTION);
    }

    /** Notes messages as the last of their conversations, each unless a later one is noted already. */
    public Mono<Void> noteLast(Collection<MessageSnapshot> messages) {
        List<WriteModel<Document>> updates =
                messages.stream().map(this::noteLast).toList();
        return mongo.getCollection(COLLECTION)
                .flatMap(collection -> Mono.from(collection.bulkWrite(updates)))
                .then();
    }

    /** Notes what became of last messages. A message that is not the last any more, or is noted newer, is left alone. */
    public Mono<Void> noteChanges(Collection<MessageSnapshot> messages) {
        List<WriteModel<Document>> updates =
                messages.stream().map(this::noteChange).toList();
        return mongo.getCollection(COLLECTION)
                .flatMap(collection -> Mono.from(collection.bulkWrite(updates)))
                .then();
    }

    private WriteModel<Document> noteChange(MessageSnapshot message) {
        Document newer = new Document("$gte", message.revision());
        Document older = new Document("_id", message.conversationId())
                .append("lastSeq", message.seq())
                .append("lastMessage.changes.revision", new Document("$not", newer));
        Document last = new Document("lastMessage", mongo.getConverter().convertToMongoType(message));
        return new UpdateOneModel<>(older, new Document("$set", last));
    }

    private WriteModel<Document> noteLast(MessageSnapshot message) {
        Document earlier =
                new Document("_id", message.conversationId()).append("lastSeq", new Document("$lt", message.seq()));
        Document last = new Document("lastSeq", message.seq())
                .append("lastMessage", mongo.getConverter().convertToMongoType(message))
                .append("lastActivityAt", Date.from(message.createdAt()));
        return new UpdateOneModel<>(earlier, new Document("$set", last));
    }
}
