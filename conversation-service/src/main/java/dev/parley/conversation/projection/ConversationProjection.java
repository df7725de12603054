package dev.parley.conversation.projection;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.parley.conversation.Conversation;
import dev.parley.events.MessageSnapshot;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes to the conversations what the events say about their messages. */
@Component
final class ConversationProjection {

    /** The newest tombstones that a conversation names; whoever has more of them unread sees the others counted. */
    static final int MAX_TOMBSTONES = 1_000;

    private static final String TOMBSTONES = "progress.tombstones";

    private final ReactiveMongoTemplate mongo;

    ConversationProjection(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Sets the last messages of conversations, except where a later message is set already. */
    Mono<Void> noteLast(Collection<MessageSnapshot> messages) {
        return write(messages, this::last);
    }

    /** Updates changed last messages. Nothing is written if another message is the last, or a newer revision is stored. */
    Mono<Void> noteChanges(Collection<MessageSnapshot> messages) {
        return write(messages, this::change);
    }

    /** Adds the {@code seq}s of deleted messages, which no longer count as unread, each once. */
    Mono<Void> noteDeleted(Collection<MessageSnapshot> messages) {
        return write(messages, ConversationProjection::tombstone);
    }

    private WriteModel<Document> last(MessageSnapshot message) {
        Document earlier =
                new Document("_id", message.conversationId()).append("lastSeq", new Document("$lt", message.seq()));
        Document last = new Document("lastSeq", message.seq())
                .append("lastMessage", mongo.getConverter().convertToMongoType(message))
                .append("lastActivityAt", Date.from(message.createdAt()))
                .append("progress.lastOrdinal", message.ordinal());
        return new UpdateOneModel<>(earlier, new Document("$set", last));
    }

    private WriteModel<Document> change(MessageSnapshot message) {
        Document newer = new Document("$gte", message.revision());
        Document older = new Document("_id", message.conversationId())
                .append("lastSeq", message.seq())
                .append("lastMessage.changes.revision", new Document("$not", newer));
        Document last = new Document("lastMessage", mongo.getConverter().convertToMongoType(message));
        return new UpdateOneModel<>(older, new Document("$set", last));
    }

    private static WriteModel<Document> tombstone(MessageSnapshot message) {
        Document unnamed = new Document("_id", message.conversationId())
                .append(TOMBSTONES + ".seq", new Document("$ne", message.seq()));
        Document place = new Document("seq", message.seq())
                .append("senderId", message.sender().id());
        Document newest = new Document("$each", List.of(place))
                .append("$sort", new Document("seq", 1))
                .append("$slice", -MAX_TOMBSTONES);
        return new UpdateOneModel<>(unnamed, new Document("$push", new Document(TOMBSTONES, newest)));
    }

    private Mono<Void> write(
            Collection<MessageSnapshot> messages, Function<MessageSnapshot, WriteModel<Document>> write) {
        return messages.isEmpty()
                ? Mono.empty()
                : mongo.getCollection(mongo.getCollectionName(Conversation.class))
                        .flatMap(collection -> Mono.from(collection.bulkWrite(
                                messages.stream().map(write).toList())))
                        .then();
    }
}
