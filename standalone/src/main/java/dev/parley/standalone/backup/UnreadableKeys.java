package dev.parley.standalone.backup;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.parley.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Mono;

/** Takes the keys from a store that nobody can read without the secrets that are lost, so that the services make new ones. */
final class UnreadableKeys {

    /** Of auth-service and of notification-service. */
    private static final List<String> COLLECTIONS = List.of("signingKeys", "vapidKeys");

    private UnreadableKeys() {}

    static void remove(Path store) throws IOException {
        try (EmbeddedStore opened = EmbeddedStore.start(store, 0);
                MongoClient client = MongoClients.create(opened.uri())) {
            MongoDatabase database = client.getDatabase("parley");
            COLLECTIONS.forEach(
                    name -> Mono.from(database.getCollection(name).drop()).block());
        }
    }
}
