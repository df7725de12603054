package dev.parley.standalone.backup;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.parley.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Takes the keys from a store that nobody can read without the secrets that are lost, so that the services make new ones. */
final class UnreadableKeys {

    /** The collections of auth-service and of notification-service, by the secret under which they are encrypted. */
    private static final Map<String, String> COLLECTIONS =
            Map.of("signing-wrapping-key", "signingKeys", "vapid-wrapping-key", "vapidKeys");

    private UnreadableKeys() {}

    /** @param lost the names of the secrets that are lost */
    static void remove(Path store, Collection<String> lost) throws IOException {
        try (EmbeddedStore opened = EmbeddedStore.start(store, 0);
                MongoClient client = MongoClients.create(opened.uri())) {
            MongoDatabase database = client.getDatabase("parley");
            lost.stream().map(COLLECTIONS::get).filter(Objects::nonNull).forEach(name -> Mono.from(
                            database.getCollection(name).drop())
                    .block());
        }
    }
}
