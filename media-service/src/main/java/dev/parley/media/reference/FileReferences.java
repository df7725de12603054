package dev.parley.media.reference;

import java.util.Collection;
import java.util.List;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The messages that name files, in the store. */
@Component
public final class FileReferences {

    static final String COLLECTION = "fileReferences";

    private final ReactiveMongoTemplate mongo;

    FileReferences(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    Mono<Void> add(FileReference reference) {
        return mongo.save(reference).then();
    }

    /**
     * The message names nothing any more.
     *
     * @return the files that it named
     */
    Mono<List<String>> removeOfMessage(String messageId) {
        Query ofMessage = Query.query(Criteria.where("messageId").is(messageId));
        return mongo.find(ofMessage, FileReference.class)
                .map(FileReference::fileId)
                .collectList()
                .filter(files -> !files.isEmpty())
                .delayUntil(files -> mongo.remove(ofMessage, FileReference.class));
    }

    Mono<Void> removeOfConversation(String conversationId) {
        return mongo.remove(Query.query(Criteria.where("conversationId").is(conversationId)), FileReference.class)
                .then();
    }

    /** Whether any message names the file. */
    public Mono<Boolean> exists(String fileId) {
        return mongo.exists(Query.query(Criteria.where("fileId").is(fileId)), FileReference.class);
    }

    /** Positions of messages, both included. */
    public record Range(long from, long to) {}

    /** Whether a message within one of the ranges names the file. */
    public Mono<Boolean> existsWithin(String fileId, Collection<Range> ranges) {
        return Flux.fromIterable(ranges)
                .concatMap(range -> mongo.exists(
                        Query.query(Criteria.where("fileId")
                                .is(fileId)
                                .and("seq")
                                .gte(range.from())
                                .lte(range.to())),
                        FileReference.class))
                .any(found -> found);
    }
}
