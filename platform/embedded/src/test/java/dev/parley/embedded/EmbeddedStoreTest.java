package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {

    @TempDir
    Path directory;

    @Test
    void keepsDocumentsIndexesAndCountsWhenItIsOpenedAgain() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> people = client.getDatabase("test").getCollection("people");
            people.createIndex(new Document("email", 1), new IndexOptions().unique(true));
            people.createIndex(new Document("tags", 1));
            people.insertOne(new Document("_id", 1).append("email", "a").append("tags", List.of("x", "y")));
            people.insertOne(new Document("_id", 2).append("email", "b"));
            people.deleteOne(new Document("_id", 2));
            client.getDatabase("test").getCollection("gone").insertOne(new Document());
            client.getDatabase("test").getCollection("gone").drop();
        }
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> people = client.getDatabase("test").getCollection("people");
            assertThat(people.estimatedDocumentCount()).isEqualTo(1);
            assertThat(people.find(new Document("email", "a")).first()).containsEntry("_id", 1);
            assertThat(people.countDocuments(new Document("tags", new Document("$gte", "x"))))
                    .isEqualTo(1);
            assertThatThrownBy(() -> people.insertOne(new Document("email", "a")))
                    .hasMessageContaining("E11000");
            assertThat(client.getDatabase("test").listCollectionNames().into(new ArrayList<>()))
                    .containsExactly("people");
            assertThat(client.getDatabase("test").runCommand(new Document("validate", "people")))
                    .containsEntry("valid", true);
        }
    }

    @Test
    void answersHelloAsAHealthCheckAsks() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            Document hello = client.getDatabase("test").runCommand(new Document("hello", 1));

            assertThat(hello).containsEntry("isWritablePrimary", true).containsEntry("ok", 1.0);
            assertThat(hello.getInteger("maxWireVersion")).isGreaterThanOrEqualTo(9);
        }
    }

    @Test
    void refusesAFolderThatAnotherStoreHas() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0)) {
            assertThat(store.uri()).startsWith("mongodb://127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedStore.start(directory, 0)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void readsAboutAsManyDocumentsAsAPageHas() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> messages = client.getDatabase("test").getCollection("messages");
            messages.createIndex(new Document("conversation", 1).append("seq", 1));
            for (int conversation = 0; conversation < 5; conversation++) {
                List<Document> batch = new ArrayList<>();
                for (int seq = 0; seq < 1_000; seq++) {
                    batch.add(new Document("conversation", conversation).append("seq", seq));
                }
                messages.insertMany(batch);
            }
            long before = store.statistics().documentsExamined();

            List<Document> page = messages.find(new Document("conversation", 3).append("seq", new Document("$lt", 500)))
                    .sort(new Document("seq", -1))
                    .limit(50)
                    .into(new ArrayList<>());

            assertThat(page)
                    .extracting(message -> message.get("seq"))
                    .startsWith(499, 498)
                    .hasSize(50);
            assertThat(store.statistics().documentsExamined() - before).isBetween(50L, 52L);
            long counted = store.statistics().documentsExamined();
            assertThat(messages.countDocuments(new Document("conversation", 3).append("seq", new Document("$gt", 899))))
                    .isEqualTo(100);
            assertThat(store.statistics().documentsExamined()).isEqualTo(counted);
            assertThat(store.statistics().unindexedQueries()).isEmpty();
        }
    }

    @Test
    void namesTheQueriesThatNoIndexHelps() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> people = client.getDatabase("test").getCollection("people");
            people.insertOne(new Document("name", "x").append("age", 3));
            people.createIndex(new Document("name", 1));

            people.find(new Document("age", new Document("$gt", 1))).first();
            people.find(new Document("name", "x")).sort(new Document("age", -1)).first();
            people.find(new Document("name", "x")).first();

            assertThat(store.statistics().unindexedQueries())
                    .extracting(query ->
                            query.reason() + " " + query.namespace() + " " + query.filter() + " " + query.sort())
                    .containsExactlyInAnyOrder(
                            "COLLECTION_SCAN test.people {age: {$gt: ?}} {}",
                            "SORT_IN_MEMORY test.people {name: ?} {age: -1}");
        }
    }
}
