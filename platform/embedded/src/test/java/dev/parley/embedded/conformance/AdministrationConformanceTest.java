package dev.parley.embedded.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.IndexOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Server.class)
class AdministrationConformanceTest extends Conformance {

    /** A MongoDB server sweeps each minute. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(130);

    @Test
    void listsCreatesAndDropsCollections() {
        database.createCollection("made");
        insert("{_id: 1}");

        assertThat(database.listCollectionNames().into(new ArrayList<>())).containsExactlyInAnyOrder("made", "things");
        assertThat(database.listCollections().filter(doc("{name: 'made'}")).into(new ArrayList<>()))
                .singleElement()
                .satisfies(collection -> assertThat(collection).containsEntry("type", "collection"));
        assertThatThrownBy(() -> database.createCollection("made"))
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(48));

        things.drop();
        assertThat(database.listCollectionNames().into(new ArrayList<>())).containsExactly("made");
        assertThat(things.countDocuments()).isZero();
        insert("{_id: 1}");
        assertThat(ids("{}")).containsExactly(1);
    }

    @Test
    void dropsADatabaseWithAllItHolds() {
        insert("{_id: 1}");
        assertThat(client.listDatabaseNames().into(new ArrayList<>())).contains(database.getName());

        database.drop();

        assertThat(database.listCollectionNames().into(new ArrayList<>())).isEmpty();
        assertThat(client.listDatabaseNames().into(new ArrayList<>())).doesNotContain(database.getName());
    }

    @Test
    void countsWritesOneByOne() {
        Document before = operations();
        insert("{_id: 1}", "{_id: 2}");
        things.updateOne(doc("{_id: 1}"), doc("{$set: {a: 1}}"));
        things.find(doc("{_id: 1}")).first();
        things.deleteOne(doc("{_id: 2}"));
        Document after = operations();
        Map<String, Long> expected = Map.of("insert", 2L, "update", 1L, "query", 1L, "delete", 1L);
        expected.forEach((operation, times) -> assertThat(count(after, operation) - count(before, operation))
                .as(operation)
                .isGreaterThanOrEqualTo(times));
    }

    private Document operations() {
        return client.getDatabase("admin").runCommand(doc("{serverStatus: 1}")).get("opcounters", Document.class);
    }

    private static long count(Document operations, String operation) {
        return operations.get(operation, Number.class).longValue();
    }

    @Test
    void answersWhatDriversAndHealthChecksAsk() {
        assertThat(database.runCommand(doc("{hello: 1}"))).containsEntry("isWritablePrimary", true);
        assertThat(database.runCommand(doc("{ping: 1}"))).containsEntry("ok", 1.0);
        assertThat(database.runCommand(doc("{buildInfo: 1}"))).containsKey("version");
        assertThat(client.getDatabase("admin")
                        .runCommand(doc("{serverStatus: 1}"))
                        .get("ok", Number.class)
                        .doubleValue())
                .isEqualTo(1.0);
        assertThatThrownBy(() -> database.runCommand(doc("{bogus: 1}")))
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(59));
    }

    @Test
    void removesExpiredDocumentsAndNoOthers() {
        things.createIndex(doc("{at: 1}"), new IndexOptions().expireAfter(60L, TimeUnit.SECONDS));
        Instant now = Instant.now();
        things.insertOne(new Document("_id", 1).append("at", Date.from(now.minusSeconds(3_600))));
        things.insertOne(new Document("_id", 2).append("at", Date.from(now.plusSeconds(3_600))));
        things.insertOne(new Document("_id", 3).append("at", "no date"));
        things.insertOne(new Document("_id", 4));

        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(ids("{}")).containsExactly(2, 3, 4));
    }

    @Test
    void explainsWhichIndexAQueryUses() {
        things.createIndex(doc("{a: 1}"));
        insert("{_id: 1, a: 1}", "{_id: 2, a: 2}");

        assertThat(things.find(doc("{a: 1}")).explain().toJson())
                .contains("IXSCAN")
                .contains("a_1");
        assertThat(things.find(doc("{b: 1}")).explain().toJson()).contains("COLLSCAN");
    }
}
