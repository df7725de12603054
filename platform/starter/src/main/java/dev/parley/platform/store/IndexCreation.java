package dev.parley.platform.store;

import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;

/** Creates the indexes that are missing while the service starts. A store that does not answer fails the start. */
final class IndexCreation implements SmartInitializingSingleton {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final ReactiveMongoTemplate mongo;
    private final List<Indexes> indexes;

    IndexCreation(ReactiveMongoTemplate mongo, List<Indexes> indexes) {
        this.mongo = mongo;
        this.indexes = indexes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Flux.fromIterable(indexes)
                .concatMap(collection -> Flux.fromIterable(collection.definitions())
                        .concatMap(definition ->
                                mongo.indexOps(collection.collection()).createIndex(definition)))
                .then()
                .block(TIMEOUT);
    }
}
