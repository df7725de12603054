package dev.parley.platform.store;

import dev.parley.platform.boot.StartupException;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The format of all documents of a service, which the store keeps beside them: an older program leaves newer documents as they are.
 *
 * @param service the name of the service that owns the documents
 * @param version grows with a change that the program of before cannot read; a program that knows a format knows those before it
 */
public record StoreFormat(String service, int version) {

    /** What services begin with. */
    static final int FIRST = 1;

    private static final String COLLECTION = "formats";
    private static final String FORMAT = "format";

    /**
     * From then on older programs leave the documents as they are. Changes nothing where the documents are newer.
     *
     * @return fails with {@link StartupException} where they are
     */
    Mono<Void> claim(ReactiveMongoTemplate mongo) {
        return mongo.findAndModify(
                        Query.query(Criteria.where("_id").is(service)),
                        new Update().max(FORMAT, version),
                        FindAndModifyOptions.options().upsert(true),
                        Document.class,
                        COLLECTION)
                // Another instance was first.
                .retryWhen(Retry.max(1).filter(DuplicateKeyException.class::isInstance))
                .flatMap(before -> before.getInteger(FORMAT) > version
                        ? Mono.<Void>error(newer(before.getInteger(FORMAT)))
                        : Mono.<Void>empty());
    }

    private StartupException newer(int format) {
        return new StartupException("a newer version of " + service + " has written to the store (its format is "
                + format + ", and this version knows " + version
                + "); start that version, or restore a backup of before");
    }
}
