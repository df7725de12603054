package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.ValidationOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store cannot do it says, with MongoDB's code for it. */
class EmbeddedStoreLimitsTest {

    private static final int NOT_IMPLEMENTED = 238;

    @TempDir
    static Path directory;

    private static EmbeddedStore store;
    private static MongoClient client;
    private static MongoDatabase database;
    private static MongoCollection<Document> things;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.start(directory, 0);
        client = MongoClients.create(store.uri());
        database = client.getDatabase("test");
        things = database.getCollection("things");
        things.insertOne(Document.parse("{_id: 1, a: 1, list: [{k: 1}]}"));
    }

    @AfterAll
    static void stop() {
        client.close();
        store.close();
    }

    private static void assertRefused(int code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MongoException.class, e -> assertThat(e.getCode())
                .isEqualTo(code));
    }

    private static Document doc(String json) {
        return Document.parse(json);
    }

    private static void aggregate(String stage) {
        things.aggregate(List.of(doc(stage))).into(new ArrayList<>());
    }

    @Test
    void refusesTransactions() {
        assertThatThrownBy(() -> {
                    try (ClientSession session = client.startSession()) {
                        session.startTransaction();
                        things.insertOne(session, doc("{_id: 'in a transaction'}"));
                    }
                })
                .isInstanceOf(MongoException.class);
        assertThat(things.find(doc("{_id: 'in a transaction'}")).first()).isNull();
        assertRefused(
                20,
                () -> database.runCommand(
                        doc("{insert: 'things', documents: [{}], startTransaction: true, autocommit: false}")));
        assertRefused(20, () -> client.getDatabase("admin").runCommand(doc("{commitTransaction: 1}")));
    }

    @Test
    void refusesChangeStreams() {
        assertThatThrownBy(() -> things.watch().cursor())
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(40_573));
    }

    @Test
    void refusesCollations() {
        Collation german = Collation.builder().locale("de").build();

        assertRefused(NOT_IMPLEMENTED, () -> things.find().collation(german).first());
        assertRefused(NOT_IMPLEMENTED, () -> things.createIndex(doc("{a: 1}"), new IndexOptions().collation(german)));
        assertRefused(NOT_IMPLEMENTED, () -> things.deleteOne(doc("{a: 9}"), new DeleteOptions().collation(german)));
        assertRefused(
                NOT_IMPLEMENTED,
                () -> things.updateOne(doc("{a: 9}"), doc("{$set: {a: 1}}"), new UpdateOptions().collation(german)));
    }

    @Test
    void refusesUpdatesByPipeline() {
        assertRefused(NOT_IMPLEMENTED, () -> things.updateOne(doc("{_id: 1}"), List.of(doc("{$set: {a: 2}}"))));
        assertRefused(NOT_IMPLEMENTED, () -> things.findOneAndUpdate(doc("{_id: 1}"), List.of(doc("{$set: {a: 2}}"))));
    }

    @Test
    void refusesProjectionsByExpression() {
        assertRefused(NOT_IMPLEMENTED, () -> things.find()
                .projection(Projections.metaTextScore("score"))
                .first());
        assertRefused(
                NOT_IMPLEMENTED,
                () -> things.find().projection(doc("{b: '$a'}")).first());
        assertRefused(NOT_IMPLEMENTED, () -> things.find(doc("{'list.k': 1}"))
                .projection(doc("{'list.$': 1}"))
                .first());
        assertRefused(
                NOT_IMPLEMENTED,
                () -> things.find().sort(doc("{s: {$meta: 'textScore'}}")).first());
    }

    @Test
    void refusesStagesItCannotRun() {
        for (String stage : List.of(
                "{$out: 'x'}",
                "{$merge: {into: 'x'}}",
                "{$unionWith: 'x'}",
                "{$setWindowFields: {output: {}}}",
                "{$graphLookup: {}}",
                "{$facet: {x: [{$unionWith: 'x'}]}}",
                "{$lookup: {from: 'x', localField: 'a', foreignField: 'b', pipeline: [], as: 'c'}}")) {
            assertRefused(NOT_IMPLEMENTED, () -> aggregate(stage));
        }
    }

    @Test
    void refusesCollectionsOfSpecialKinds() {
        assertRefused(
                NOT_IMPLEMENTED,
                () -> database.createCollection(
                        "c1", new CreateCollectionOptions().capped(true).sizeInBytes(1_000)));
        assertRefused(
                NOT_IMPLEMENTED,
                () -> database.createCollection(
                        "c2",
                        new CreateCollectionOptions()
                                .validationOptions(new ValidationOptions().validator(doc("{a: 1}")))));
        assertRefused(NOT_IMPLEMENTED, () -> database.createView("c3", "things", List.of()));
        assertRefused(NOT_IMPLEMENTED, () -> things.renameCollection(new MongoNamespace("test", "other")));
    }

    @Test
    void refusesIndexesOfSpecialKinds() {
        assertRefused(67, () -> things.createIndex(doc("{a: '2dsphere'}")));
        assertRefused(67, () -> things.createIndex(doc("{a: 'hashed'}")));
        assertRefused(67, () -> things.createIndex(doc("{'$**': 1}")));
        assertRefused(NOT_IMPLEMENTED, () -> things.createIndex(doc("{a: 1}"), new IndexOptions().hidden(true)));
    }

    @Test
    void refusesQueriesItCannotRun() {
        assertRefused(2, () -> things.find(doc("{$where: 'true'}")).first());
        assertThatThrownBy(() -> things.find(doc("{a: {$nearSphere: [0, 0]}}")).first())
                .isInstanceOf(MongoException.class);
        assertRefused(
                NOT_IMPLEMENTED,
                () -> things.find().min(doc("{_id: 1}")).hint(doc("{_id: 1}")).first());
        assertRefused(59, () -> database.runCommand(doc("{mapReduce: 'things'}")));
    }

    @Test
    void refusesDocumentsThatAreTooLarge() {
        assertThatThrownBy(() -> {
                    things.insertOne(new Document("_id", "big").append("s", "x".repeat(9 << 20)));
                    things.updateOne(doc("{_id: 'big'}"), new Document("$set", new Document("t", "x".repeat(9 << 20))));
                })
                .isInstanceOfSatisfying(
                        MongoException.class, e -> assertThat(e.getCode()).isEqualTo(10_334));
    }
}
