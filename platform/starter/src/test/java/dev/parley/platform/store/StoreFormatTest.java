package dev.parley.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.platform.boot.StartupException;
import dev.parley.platform.error.Causes;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import reactor.core.publisher.Flux;

/** A service starts on documents of its own version or of an older one, and on no newer ones. */
class StoreFormatTest {

    private static final String SERVICE = "things-service";

    private final MongoClient client = MongoClients.create(EmbeddedParts.storeUri());
    private final ReactiveMongoTemplate mongo = new ReactiveMongoTemplate(client, "format-" + Ids.next());

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aNewStoreAndAnOlderOneAreTaken() {
        start(SERVICE, 1);
        start(SERVICE, 1);
        assertThat(format()).isEqualTo(1);

        start(SERVICE, 2);
        assertThat(format()).isEqualTo(2);
        start("other-service", 1);
    }

    @Test
    void oneThatANewerVersionHasWrittenToIsLeftAsItIs() {
        start(SERVICE, 2);

        assertThatThrownBy(() -> start(SERVICE, 1)).satisfies(failure -> assertThat(Causes.of(failure)
                        .filter(StartupException.class::isInstance)
                        .map(Throwable::getMessage))
                .containsExactly("a newer version of things-service has written to the store (its format is 2,"
                        + " and this version knows 1); start that version, or restore a backup of before"));

        assertThat(format()).isEqualTo(2);
        assertThat(mongo.getCollectionNames().collectList().block()).doesNotContain("things1");
    }

    @Test
    void instancesThatStartTogetherDoNotHinderEachOther() {
        StoreFormat format = new StoreFormat(SERVICE, 1);

        Flux.fromStream(IntStream.range(0, 16).boxed())
                .flatMap(instance -> format.claim(mongo))
                .blockLast();

        assertThat(format()).isEqualTo(1);
    }

    private void start(String service, int version) {
        Indexes indexes = Indexes.of("things" + version, new Index("name", Direction.ASC));
        new IndexCreation(mongo, new StoreFormat(service, version), List.of(indexes)).afterSingletonsInstantiated();
    }

    private int format() {
        Document stored = mongo.findById(SERVICE, Document.class, "formats").block();
        return stored == null ? 0 : stored.getInteger("format");
    }
}
