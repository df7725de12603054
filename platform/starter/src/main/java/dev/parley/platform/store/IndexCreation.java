package dev.parley.platform.store;

import com.mongodb.MongoSocketReadTimeoutException;
import dev.parley.platform.error.Causes;
import dev.parley.platform.error.StoreOutage;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/**
 * Creates the indexes that are missing while the service starts, once the format of the documents is known. A store that is away, or that a
 * newer version has written to, fails the start.
 */
final class IndexCreation implements SmartInitializingSingleton {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** A store that starts together with the service may be a little later. */
    private static final int TRIES = 4;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ReactiveMongoTemplate mongo;
    private final StoreFormat format;
    private final List<Indexes> indexes;

    IndexCreation(ReactiveMongoTemplate mongo, StoreFormat format, List<Indexes> indexes) {
        this.mongo = mongo;
        this.format = format;
        this.indexes = indexes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        format.claim(mongo)
                .thenMany(Flux.fromIterable(indexes))
                .concatMap(collection -> Flux.fromIterable(collection.definitions())
                        .concatMap(definition ->
                                mongo.indexOps(collection.collection()).createIndex(definition)))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE).filter(IndexCreation::isUnderWay))
                .retryWhen(Retry.fixedDelay(TRIES - 1, PAUSE).filter(IndexCreation::isAway))
                .then()
                .block(TIMEOUT);
    }

    /** An index of a large collection takes longer than any other answer: the store goes on, and is asked again. */
    private static boolean isUnderWay(Throwable failure) {
        return Causes.include(failure, MongoSocketReadTimeoutException.class);
    }

    private static boolean isAway(Throwable failure) {
        return Causes.of(failure).anyMatch(StoreOutage::isSaidBy);
    }
}
