package dev.parley.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.parley.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class UnreadableKeysTest {

    @TempDir
    Path folder;

    @Test
    void areTakenFromTheStoreAndNothingElseIs() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(folder, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            for (String collection : List.of("signingKeys", "vapidKeys", "users")) {
                Mono.from(database(client).getCollection(collection).insertOne(new Document("_id", "one")))
                        .block();
            }
        }

        UnreadableKeys.remove(folder, List.of("signing-wrapping-key", "master-key", "vapid-wrapping-key"));

        try (EmbeddedStore store = EmbeddedStore.start(folder, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(Flux.from(database(client).listCollectionNames())
                            .collectList()
                            .block())
                    .containsExactly("users");
        }
    }

    private static MongoDatabase database(MongoClient client) {
        return client.getDatabase("parley");
    }
}
