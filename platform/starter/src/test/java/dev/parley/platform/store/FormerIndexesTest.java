package dev.parley.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.FreePort;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.data.mongodb.core.index.IndexInfo;

class FormerIndexesTest {

    private static final String COLLECTION = "things";

    @Test
    void theIndexesOfTwoVersionsStandSideBySideUntilTheOlderOneIsGone(@TempDir Path folder) throws Exception {
        IndexDefinition former = new Index().on("name", Sort.Direction.ASC).named("byName");
        IndexDefinition present = new Index()
                .on("name", Sort.Direction.ASC)
                .on("age", Sort.Direction.ASC)
                .named("byNameAndAge");
        try (EmbeddedStore store = EmbeddedStore.start(folder, FreePort.find());
                MongoClient client = MongoClients.create(store.uri())) {
            ReactiveMongoTemplate mongo = new ReactiveMongoTemplate(client, "upgrade");
            FormerIndexes.remove(mongo, COLLECTION, Set.of("byName")).block();

            create(mongo, former);
            create(mongo, present);
            create(mongo, former);
            assertThat(names(mongo)).containsExactlyInAnyOrder("_id_", "byName", "byNameAndAge");

            for (int turn = 0; turn < 2; turn++) {
                FormerIndexes.remove(mongo, COLLECTION, Set.of("byName")).block();
                assertThat(names(mongo)).containsExactlyInAnyOrder("_id_", "byNameAndAge");
            }
        }
    }

    private static void create(ReactiveMongoTemplate mongo, IndexDefinition index) {
        new IndexCreation(mongo, new StoreFormat("indexes-test", 1), List.of(Indexes.of(COLLECTION, index)))
                .afterSingletonsInstantiated();
    }

    private static List<String> names(ReactiveMongoTemplate mongo) {
        return mongo.indexOps(COLLECTION)
                .getIndexInfo()
                .map(IndexInfo::getName)
                .collectList()
                .block();
    }
}
