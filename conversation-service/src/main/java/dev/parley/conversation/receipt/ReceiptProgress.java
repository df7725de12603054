package dev.parley.conversation.receipt;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.parley.conversation.Conversation;
import dev.parley.events.ReceivedMessage;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes to the conversations up to which message all have received and read, for the last messages in lists. */
@Component
public final class ReceiptProgress {

    /**
     * @param deliveredSeq the newest message that reached somebody other than its sender
     * @param fullyReadSeq the newest message that everybody has read; 0 if none of those that this is about
     */
    public record Reached(String conversationId, long deliveredSeq, long fullyReadSeq) {

        /** @param read what somebody read, and {@code full} what everybody has; both oldest first */
        public static Reached of(String conversationId, List<ReceivedMessage> read, List<ReceivedMessage> full) {
            return new Reached(conversationId, newest(read), newest(full));
        }

        private static long newest(List<ReceivedMessage> messages) {
            return messages.isEmpty() ? 0 : messages.get(messages.size() - 1).seq();
        }
    }

    private final ReactiveMongoTemplate mongo;

    ReceiptProgress(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    public Mono<Void> note(Collection<Reached> conversations) {
        List<WriteModel<Document>> writes =
                conversations.stream().map(ReceiptProgress::furthest).toList();
        return writes.isEmpty()
                ? Mono.empty()
                : mongo.getCollection(mongo.getCollectionName(Conversation.class))
                        .flatMap(collection -> Mono.from(collection.bulkWrite(writes)))
                        .then();
    }

    private static WriteModel<Document> furthest(Reached reached) {
        Document seqs = new Document("progress.deliveredSeq", reached.deliveredSeq())
                .append("progress.fullyReadSeq", reached.fullyReadSeq());
        return new UpdateOneModel<>(new Document("_id", reached.conversationId()), new Document("$max", seqs));
    }
}
