package dev.parley.message.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.parley.events.ReceivedMessage;
import dev.parley.events.SenderKind;
import dev.parley.message.encryption.ContentSealer;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.indexing.SearchFields;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.OutboxSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads and writes the documents of messages. Where the platform seals contents, they are sealed when they are written and
 * opened when they are read.
 */
public final class MessageStore {

    public static final String COLLECTION = "messages";
    public static final OutboxSource OUTBOX = new OutboxSource(COLLECTION);

    public static final String EDITED_AT = "changes.editedAt";

    static final String PINNED_AT = "changes.pin.at";

    static final String PAST = "past";

    /** Of the files that the platform keeps: by these a message is found when more is known of them. */
    static final String FILE_IDS = "fileIds";

    /** The fields that a change of a message may set or remove. */
    private static final List<String> CHANGEABLE = List.of(
            "fingerprint",
            "title",
            "blocks",
            "replyTo",
            "mentions",
            "changes",
            PAST,
            SearchFields.TEXT,
            SearchFields.FILES,
            FILE_IDS);

    /** The code of the store's error about a unique index. */
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
     * Stores messages in their order, up to the first whose {@code seq} or client key another message has.
     *
     * @return how many were stored
     */
    public Mono<Integer> insertWhilePossible(List<Message> messages, ContentSealer sealer) {
        List<Document> documents =
                messages.stream().map(message -> toDocument(message, sealer)).toList();
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

    private Document toDocument(Message message, ContentSealer sealer) {
        Document document = writer.write(sealed(message, sealer));
        document.putAll(SearchFields.of(message.blocks(), sealer));
        List<String> fileIds = message.fileIds();
        if (!fileIds.isEmpty()) {
            document.append(FILE_IDS, fileIds);
        }
        return document;
    }

    private static Message sealed(Message message, ContentSealer sealer) {
        Message sealed = message.with(sealer.seal(message.id(), message.content()));
        MessagePast past = message.past();
        return past == null
                ? sealed
                : sealed.withEarlierTexts(sealer.seal(MessagePast.sealedName(message.id()), past.content())
                        .blocks());
    }

    Mono<Message> opened(Message message) {
        Mono<Message> opened = encryption
                .open(message.conversationId(), message.id(), message.content())
                .map(message::with);
        MessagePast past = message.past();
        return past == null || !past.content().isSealed()
                ? opened
                : opened.zipWith(
                        encryption.open(message.conversationId(), MessagePast.sealedName(message.id()), past.content()),
                        (shown, texts) -> shown.withEarlierTexts(texts.blocks()));
    }

    /**
     * Stores a message after a change, together with the event that tells of it, if nobody else changed it meanwhile.
     *
     * @param seen the message as it was read
     * @return the stored message with all its pending events; empty if there is a newer revision than {@code seen}
     */
    public Mono<Message> revise(Message seen, Message changed, PendingEvent event, ContentSealer sealer) {
        Long revision = seen.changes() == null ? null : seen.revision();
        Document unchanged = new Document("_id", seen.id()).append("changes.revision", revision);
        Document update = changing(toDocument(changed, sealer))
                .append("$push", new Document(OutboxSource.EVENTS, MessageWriter.write(event)))
                .append("$min", new Document(OutboxSource.SINCE, Date.from(event.time())));
        return mongo.getCollection(COLLECTION)
                .flatMap(collection -> Mono.from(collection.findOneAndUpdate(
                        unchanged, update, new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER))))
                .map(this::read)
                .flatMap(this::opened);
    }

    /** Sets the fields that the changed message has, and removes those that it no longer has. */
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

    /** The message with the highest {@code seq}, not opened; empty in an empty conversation. */
    public Mono<Message> newest(String conversationId) {
        return newestOf(Criteria.where("conversationId").is(conversationId));
    }

    /** The message with the highest {@code seq} up to another, not opened. */
    public Mono<Message> newestUpTo(String conversationId, long seq) {
        return newestOf(
                Criteria.where("conversationId").is(conversationId).and("seq").lte(seq));
    }

    /** The newest message of a sender up to a {@code seq}, system messages included; not opened. */
    public Mono<Message> newestOf(String conversationId, String senderId, long upToSeq) {
        return newestOf(Criteria.where("conversationId")
                .is(conversationId)
                .and("senderId")
                .is(senderId)
                .and("seq")
                .lte(upToSeq));
    }

    private Mono<Message> newestOf(Criteria criteria) {
        return find(Query.query(criteria)
                        .with(Sort.by(Sort.Direction.DESC, "seq"))
                        .limit(1))
                .next();
    }

    /** By names of fields as they are in the documents, which the store takes as they are. */
    private Flux<Message> find(Query query) {
        return mongo.find(query, Document.class, COLLECTION).map(this::read);
    }

    Message read(Document document) {
        return mongo.getConverter().read(Message.class, document);
    }

    /**
     * The newest messages with {@code after < seq <= upTo} that others than the reader wrote, newest first, without system
     * messages and tombstones.
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

    /** A message with events that stand on its document. */
    public record PendingMessage(String id, String conversationId, long seq, List<PendingEvent> events) {}

    /** The messages of a conversation with events that may not have been published, oldest first. */
    public Flux<PendingMessage> unpublished(String conversationId, int limit) {
        Query unpublished = Query.query(Criteria.where("conversationId")
                        .is(conversationId)
                        .and(OutboxSource.SINCE)
                        .exists(true))
                .with(Sort.by("seq"))
                .limit(limit);
        return findPending(unpublished);
    }

    /** The messages of conversations on whose documents events stand: the newest of all, in the order of {@code seq}. */
    public Flux<PendingMessage> pending(Collection<String> conversationIds, int limit) {
        Query newest = Query.query(Criteria.where("conversationId")
                        .in(conversationIds)
                        .and(OutboxSource.SINCE)
                        .exists(true))
                .with(Sort.by(Sort.Direction.DESC, OutboxSource.SINCE))
                .limit(limit);
        return findPending(newest).sort(Comparator.comparingLong(PendingMessage::seq));
    }

    /** Reads nothing else of their documents. */
    private Flux<PendingMessage> findPending(Query query) {
        query.fields().include("conversationId", "seq", OutboxSource.EVENTS);
        return mongo.find(query, Document.class, COLLECTION)
                .map(found -> new PendingMessage(
                        found.getString("_id"),
                        found.getString("conversationId"),
                        found.getLong("seq"),
                        PendingEvents.of(found, mongo.getConverter())));
    }

    /** The pinned messages of a conversation, last pinned first. */
    public Flux<Message> pinned(String conversationId, int limit) {
        Query pinned = Query.query(pinnedIn(conversationId))
                .with(Sort.by(Sort.Direction.DESC, PINNED_AT, "seq"))
                .limit(limit);
        return find(pinned).concatMap(this::opened);
    }

    public Mono<Long> countPinned(String conversationId) {
        return mongo.count(Query.query(pinnedIn(conversationId)), COLLECTION);
    }

    private static Criteria pinnedIn(String conversationId) {
        return Criteria.where("conversationId")
                .is(conversationId)
                .and(PINNED_AT)
                .exists(true);
    }

    public Mono<Message> byClientKey(String clientKey) {
        return find(Query.query(Criteria.where("clientKey").is(clientKey)).limit(1))
                .next()
                .flatMap(this::opened);
    }

    /** Whether there is a message with this client key. */
    public Mono<Boolean> isStored(String clientKey) {
        return mongo.exists(Query.query(Criteria.where("clientKey").is(clientKey)), COLLECTION);
    }

    /** The messages that name a file of the platform. */
    public Flux<Message> withFile(String tenantId, String fileId, int limit) {
        return find(Query.query(Criteria.where(FILE_IDS).is(fileId)).limit(limit))
                .filter(message -> message.tenantId().equals(tenantId))
                .concatMap(this::opened);
    }

    public Mono<Message> byId(String tenantId, String id) {
        return mongo.findById(id, Document.class, COLLECTION)
                .map(this::read)
                .filter(message -> message.tenantId().equals(tenantId))
                .flatMap(this::opened);
    }

    public Flux<Message> byIds(String tenantId, Collection<String> ids) {
        return find(Query.query(Criteria.where("_id").in(ids)))
                .filter(message -> message.tenantId().equals(tenantId))
                .concatMap(this::opened);
    }

    /**
     * Messages with {@code after < seq < before}, from the newest down or from the oldest up.
     *
     * @param withPast whether what they were before is read too: only former members are shown that, and it can be long
     */
    public Flux<Message> between(
            String conversationId, long after, long before, Sort.Direction direction, int limit, boolean withPast) {
        Query range = Query.query(Criteria.where("conversationId")
                        .is(conversationId)
                        .and("seq")
                        .gt(after)
                        .lt(before))
                .with(Sort.by(direction, "seq"))
                .limit(limit);
        if (!withPast) {
            range.fields().exclude(PAST);
        }
        return find(range).concatMap(this::opened);
    }
}
