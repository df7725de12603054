package dev.parley.message.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.parley.events.ReceivedMessage;
import dev.parley.events.SenderKind;
import dev.parley.message.encryption.ConversationEncryptor;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.indexing.SearchFields;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.OutboxSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The messages in the document store: sealed there where contents are sealed, and opened on the way out. */
public final class MessageStore {

    public static final String COLLECTION = "messages";
    public static final OutboxSource OUTBOX = new OutboxSource(COLLECTION);

    static final String PINNED_AT = "changes.pin.at";

    private static final List<String> CHANGEABLE =
            List.of("title", "blocks", "replyTo", "mentions", "changes", SearchFields.TEXT, SearchFields.FILES);

    private static final int DUPLICATE_KEY = 11000;

    private final ReactiveMongoTemplate mongo;
    private final MessageWriter writer;
    private final MessageEncryption encryption;

    MessageStore(ReactiveMongoTemplate mongo, MessageEncryption encryption) {
        this.encryption = encryption;
        this.mongo = mongo;
        this.writer = new MessageWriter(mongo.getConverter());
    }

    /**
     * Stores messages in their order, up to the first whose place or client key is taken.
     *
     * @return how many were stored
     */
    public Mono<Integer> insertWhilePossible(List<Message> messages, ConversationEncryptor encryptor) {
        List<Document> documents =
                messages.stream().map(message -> toDocument(message, encryptor)).toList();
        return mongo.getCollection(COLLECTION)
                .flatMap(collection ->
                        Mono.from(collection.insertMany(documents, new InsertManyOptions().ordered(true))))
                .thenReturn(messages.size())
                .onErrorResume(MongoBulkWriteException.class, MessageStore::storedBeforeConflict);
    }

    private static Mono<Integer> storedBeforeConflict(MongoBulkWriteException failure) {
        boolean onlyConflicts = failure.getWriteConcernError() == null
                && failure.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
        return onlyConflicts ? Mono.just(failure.getWriteErrors().get(0).getIndex()) : Mono.error(failure);
    }

    private Document toDocument(Message message, ConversationEncryptor encryptor) {
        Document document = writer.write(message.with(encryptor.encrypt(message.id(), message.contents())));
        document.putAll(SearchFields.of(message.blocks(), encryptor));
        return document;
    }

    private Mono<Message> decrypted(Message message) {
        return encryption
                .decrypt(message.conversationId(), message.id(), message.contents())
                .map(message::with);
    }

    /**
     * Stores a message's next revision together with its event, if no other revision came in between.
     *
     * @return the stored message with all its pending events; empty if there is a newer revision than {@code seen}
     */
    public Mono<Message> revise(Message seen, Message changed, PendingEvent event, ConversationEncryptor encryptor) {
        Long revision = seen.changes() == null ? null : seen.revision();
        Document unchanged = new Document("_id", seen.id()).append("changes.revision", revision);
        Document update = changing(toDocument(changed, encryptor))
                .append("$push", new Document(OutboxSource.EVENTS, MessageWriter.write(event)))
                .append("$min", new Document(OutboxSource.SINCE, Date.from(event.time())));
        return mongo.getCollection(COLLECTION)
                .flatMap(collection -> Mono.from(collection.findOneAndUpdate(
                        unchanged, update, new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER))))
                .map(document -> mongo.getConverter().read(Message.class, document))
                .flatMap(this::decrypted);
    }

    /** Sets what a change can change, and takes away what the message has no longer. */
    private static Document changing(Document changed) {
        Document set = new Document();
        Document unset = new Document();
        for (String field : CHANGEABLE) {
            if (changed.containsKey(field)) {
                set.append(field, changed.get(field));
            } else {
                unset.append(field, "");
            }
        }
        Document update = new Document("$set", set);
        return unset.isEmpty() ? update : update.append("$unset", unset);
    }

    /** The message at the highest place taken; empty in an empty conversation. */
    public Mono<Message> newest(String conversationId) {
        return newestFirst(Criteria.where("conversationId").is(conversationId), 1)
                .next();
    }

    /** The newest message of a sender at a place or before it, notices included. */
    public Mono<Message> newestOf(String conversationId, String senderId, long upToSeq) {
        return newestFirst(
                        Criteria.where("conversationId")
                                .is(conversationId)
                                .and("senderId")
                                .is(senderId)
                                .and("seq")
                                .lte(upToSeq),
                        1)
                .next();
    }

    private Flux<Message> newestFirst(Criteria criteria, int limit) {
        Query query =
                Query.query(criteria).with(Sort.by(Sort.Direction.DESC, "seq")).limit(limit);
        return mongo.find(query, Message.class);
    }

    /**
     * The newest messages with {@code after < seq <= upTo} that somebody else than the reader wrote, without notices and
     * tombstones, newest first.
     */
    public Flux<ReceivedMessage> ofOthers(String conversationId, String readerId, long after, long upTo, int limit) {
        Query received = Query.query(Criteria.where("conversationId")
                        .is(conversationId)
                        .and("seq")
                        .gt(after)
                        .lte(upTo)
                        .and("senderId")
                        .ne(readerId)
                        .and("senderKind")
                        .ne(SenderKind.SYSTEM)
                        .and("changes.deletedAt")
                        .exists(false))
                .with(Sort.by(Sort.Direction.DESC, "seq"))
                .limit(limit);
        received.fields().include("seq", "senderId");
        return mongo.find(received, Document.class, COLLECTION)
                .map(found ->
                        new ReceivedMessage(found.getString("_id"), found.getLong("seq"), found.getString("senderId")));
    }

    /** Messages whose events may not have been published, oldest first; what is sealed is not opened. */
    public Flux<Message> unpublished(String conversationId, int limit) {
        Query pending = Query.query(Criteria.where("conversationId")
                        .is(conversationId)
                        .and(OutboxSource.SINCE)
                        .exists(true))
                .with(Sort.by("seq"))
                .limit(limit);
        return mongo.find(pending, Message.class);
    }

    /** The pinned messages of a conversation, last pinned first. */
    public Flux<Message> pinned(String conversationId, int limit) {
        Query pinned = Query.query(pinnedIn(conversationId))
                .with(Sort.by(Sort.Direction.DESC, PINNED_AT, "seq"))
                .limit(limit);
        return mongo.find(pinned, Message.class).concatMap(this::decrypted);
    }

    public Mono<Long> countPinned(String conversationId) {
        return mongo.count(Query.query(pinnedIn(conversationId)), Message.class);
    }

    private static Criteria pinnedIn(String conversationId) {
        return Criteria.where("conversationId")
                .is(conversationId)
                .and(PINNED_AT)
                .exists(true);
    }

    public Mono<Message> byClientKey(String clientKey) {
        return mongo.findOne(Query.query(Criteria.where("clientKey").is(clientKey)), Message.class)
                .flatMap(this::decrypted);
    }

    public Mono<Message> byId(String tenantId, String id) {
        return mongo.findById(id, Message.class)
                .filter(message -> message.tenantId().equals(tenantId))
                .flatMap(this::decrypted);
    }

    public Flux<Message> byIds(String tenantId, Collection<String> ids) {
        return mongo.find(Query.query(Criteria.where("_id").in(ids)), Message.class)
                .filter(message -> message.tenantId().equals(tenantId))
                .concatMap(this::decrypted);
    }

    /** Messages with {@code after < seq < before}, from the newest down or from the oldest up. */
    public Flux<Message> between(String conversationId, long after, long before, Sort.Direction direction, int limit) {
        Query stretch = Query.query(Criteria.where("conversationId")
                        .is(conversationId)
                        .and("seq")
                        .gt(after)
                        .lt(before))
                .with(Sort.by(direction, "seq"))
                .limit(limit);
        return mongo.find(stretch, Message.class).concatMap(this::decrypted);
    }
}
