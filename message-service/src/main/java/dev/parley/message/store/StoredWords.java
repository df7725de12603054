package dev.parley.message.store;

import dev.parley.message.encryption.ContentSealer;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.indexing.SearchFields;
import dev.parley.platform.outbox.OutboxSource;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes the words of stored messages anew, for when words are made in another way than when a message was stored. */
public final class StoredWords {

    private static final Logger log = LoggerFactory.getLogger(StoredWords.class);
    private static final int MAX_AT_ONCE = 8;

    /**
     * @param lastId of the messages that were looked at
     * @param changed how many of them have other words now
     * @param isLast whether there were no more: what is stored from then on has the words of now
     */
    public record Batch(String lastId, long changed, boolean isLast) {}

    private final ReactiveMongoTemplate mongo;
    private final MessageStore store;
    private final MessageEncryption encryption;

    StoredWords(ReactiveMongoTemplate mongo, MessageStore store, MessageEncryption encryption) {
        this.mongo = mongo;
        this.store = store;
        this.encryption = encryption;
    }

    /** Makes the words of the next messages in the order of ids; empty after the last. Doing it again changes nothing. */
    public Mono<Batch> renew(String afterId, int limit) {
        Query next = Query.query(Criteria.where("_id").gt(afterId))
                .with(Sort.by("_id"))
                .limit(limit);
        next.fields().exclude(MessageStore.PAST, OutboxSource.EVENTS, OutboxSource.SINCE);
        return mongo.find(next, Document.class, MessageStore.COLLECTION)
                .collectList()
                .filter(documents -> !documents.isEmpty())
                .flatMap(documents -> Flux.fromIterable(documents)
                        .flatMap(this::renew, MAX_AT_ONCE)
                        .reduce(0L, Long::sum)
                        .map(changed -> new Batch(lastId(documents), changed, documents.size() < limit)));
    }

    private static String lastId(List<Document> documents) {
        return documents.get(documents.size() - 1).getString("_id");
    }

    private Mono<Long> renew(Document document) {
        Message message = store.read(document);
        if (message.isSystemMessage() || message.isDeleted()) {
            return Mono.just(0L);
        }
        return words(message).flatMap(words -> write(document, words));
    }

    /** Those of a message that cannot be opened stay as they are: without its key nobody can read it anyway. */
    private Mono<Document> words(Message message) {
        Mono<ContentSealer> sealers = message.content().isSealed()
                ? encryption.ofSealed(message.conversationId())
                : Mono.just(ContentSealer.NONE);
        return store.opened(message)
                .zipWith(sealers, (opened, sealer) -> SearchFields.of(opened.blocks(), sealer))
                .onErrorResume(failure -> {
                    log.warn("The words of message {} could not be made anew: {}", message.id(), failure.toString());
                    return Mono.empty();
                });
    }

    /** If somebody changes the message meanwhile, that makes its words anew. */
    private Mono<Long> write(Document document, Document words) {
        Object made = words.get(SearchFields.TEXT);
        if (Objects.equals(document.get(SearchFields.TEXT), made)) {
            return Mono.just(0L);
        }
        Document changes = document.get("changes", Document.class);
        Document unchanged = new Document("_id", document.getString("_id"))
                .append("changes.revision", changes == null ? null : changes.get("revision"));
        Document update = made == null
                ? new Document("$unset", new Document(SearchFields.TEXT, ""))
                : new Document("$set", new Document(SearchFields.TEXT, made));
        return mongo.getCollection(MessageStore.COLLECTION)
                .flatMap(messages -> Mono.from(messages.updateOne(unchanged, update)))
                .map(result -> result.getModifiedCount());
    }
}
