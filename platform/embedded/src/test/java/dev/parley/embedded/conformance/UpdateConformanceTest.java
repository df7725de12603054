package dev.parley.embedded.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Server.class)
class UpdateConformanceTest extends Conformance {

    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private Document updated(String document, String update) {
        things.drop();
        insert(document);
        things.updateOne(doc("{}"), doc(update));
        return only();
    }

    @Test
    void setsUnsetsAndRenamesFields() {
        assertThat(updated("{_id: 1, a: 1}", "{$set: {'b.c': 2, a: 3}}")).isEqualTo(doc("{_id: 1, a: 3, b: {c: 2}}"));
        assertThat(updated("{_id: 1, a: 1, b: {c: 1, d: 2}}", "{$unset: {a: '', 'b.c': ''}}"))
                .isEqualTo(doc("{_id: 1, b: {d: 2}}"));
        assertThat(updated("{_id: 1, a: 1}", "{$rename: {a: 'z'}}")).isEqualTo(doc("{_id: 1, z: 1}"));
        assertThat(updated("{_id: 1}", "{$setOnInsert: {a: 1}}")).isEqualTo(doc("{_id: 1}"));
    }

    @Test
    void countsAndBounds() {
        assertThat(updated("{_id: 1, a: 1}", "{$inc: {a: 2, b: -1}}")).isEqualTo(doc("{_id: 1, a: 3, b: -1}"));
        assertThat(updated("{_id: 1, a: 3}", "{$mul: {a: 2}}")).isEqualTo(doc("{_id: 1, a: 6}"));
        assertThat(updated("{_id: 1, a: 5}", "{$max: {a: 3, b: 7}}")).isEqualTo(doc("{_id: 1, a: 5, b: 7}"));
        assertThat(updated("{_id: 1, a: 5}", "{$min: {a: 3}}")).isEqualTo(doc("{_id: 1, a: 3}"));
        assertThat(updated("{_id: 1}", "{$currentDate: {at: true}}").get("at")).isInstanceOf(Date.class);
        assertThatThrownBy(() -> updated("{_id: 1, a: 'x'}", "{$inc: {a: 1}}"))
                .isInstanceOfSatisfying(
                        MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(14));
    }

    @Test
    void pushesPullsAndAddsToSets() {
        assertThat(updated("{_id: 1, a: [1]}", "{$push: {a: 2, b: 3}}")).isEqualTo(doc("{_id: 1, a: [1, 2], b: [3]}"));
        assertThat(updated("{_id: 1, a: [1, 2]}", "{$push: {a: {$each: [3, 4], $slice: -3}}}"))
                .isEqualTo(doc("{_id: 1, a: [2, 3, 4]}"));
        assertThat(updated("{_id: 1, a: [3]}", "{$push: {a: {$each: [1, 2], $sort: 1}}}"))
                .isEqualTo(doc("{_id: 1, a: [1, 2, 3]}"));
        assertThat(updated("{_id: 1, a: [3]}", "{$push: {a: {$each: [1], $position: 0}}}"))
                .isEqualTo(doc("{_id: 1, a: [1, 3]}"));
        assertThat(updated("{_id: 1, a: [1]}", "{$addToSet: {a: {$each: [1, 2]}}}"))
                .isEqualTo(doc("{_id: 1, a: [1, 2]}"));
        assertThat(updated("{_id: 1, a: [1, 2, 3]}", "{$pull: {a: {$gte: 2}}}")).isEqualTo(doc("{_id: 1, a: [1]}"));
        assertThat(updated("{_id: 1, a: [{k: 1}, {k: 2}]}", "{$pull: {a: {k: 1}}}"))
                .isEqualTo(doc("{_id: 1, a: [{k: 2}]}"));
        assertThat(updated("{_id: 1, a: [1, 2, 1]}", "{$pullAll: {a: [1]}}")).isEqualTo(doc("{_id: 1, a: [2]}"));
        assertThat(updated("{_id: 1, a: [1, 2]}", "{$pop: {a: 1}}")).isEqualTo(doc("{_id: 1, a: [1]}"));
    }

    @Test
    void changesElementsByPositionAndByFilter() {
        insert("{_id: 1, list: [{k: 1, v: 1}, {k: 2, v: 2}, {k: 2, v: 3}]}");

        things.updateOne(doc("{_id: 1, 'list.k': 2}"), doc("{$set: {'list.$.v': 9}}"));
        assertThat(only()).isEqualTo(doc("{_id: 1, list: [{k: 1, v: 1}, {k: 2, v: 9}, {k: 2, v: 3}]}"));

        things.updateOne(doc("{_id: 1, list: {$elemMatch: {k: 2, v: 3}}}"), doc("{$inc: {'list.$.v': 1}}"));
        assertThat(only()).isEqualTo(doc("{_id: 1, list: [{k: 1, v: 1}, {k: 2, v: 9}, {k: 2, v: 4}]}"));

        things.updateOne(
                doc("{_id: 1}"),
                doc("{$set: {'list.$[x].v': 0}}"),
                new UpdateOptions().arrayFilters(List.of(doc("{'x.k': 2}"))));
        assertThat(only()).isEqualTo(doc("{_id: 1, list: [{k: 1, v: 1}, {k: 2, v: 0}, {k: 2, v: 0}]}"));

        things.updateOne(doc("{_id: 1}"), doc("{$inc: {'list.$[].v': 5}}"));
        things.updateOne(doc("{_id: 1}"), doc("{$set: {'list.0.k': 7}}"));
        assertThat(only()).isEqualTo(doc("{_id: 1, list: [{k: 7, v: 6}, {k: 2, v: 5}, {k: 2, v: 5}]}"));
    }

    @Test
    void tellsWhatMatchedAndWhatChanged() {
        insert("{_id: 1, a: 1}", "{_id: 2, a: 1}", "{_id: 3, a: 2}");

        UpdateResult result = things.updateMany(doc("{a: {$gte: 1}}"), doc("{$set: {a: 2}}"));
        assertThat(result.getMatchedCount()).isEqualTo(3);
        assertThat(result.getModifiedCount()).isEqualTo(2);
        assertThat(things.updateOne(doc("{_id: 9}"), doc("{$set: {a: 2}}")).getMatchedCount())
                .isZero();
        assertThat(things.deleteOne(doc("{a: 2}")).getDeletedCount()).isEqualTo(1);
        assertThat(things.deleteMany(doc("{}")).getDeletedCount()).isEqualTo(2);
    }

    @Test
    void changesEachMatchOnceThoughTheChangeMovesItInTheIndex() {
        things.createIndex(doc("{n: 1}"));
        for (int i = 0; i < 300; i++) {
            things.insertOne(new Document("_id", i).append("n", i));
        }

        things.updateMany(doc("{n: {$gte: 0}}"), doc("{$inc: {n: 100}}"));

        assertThat(ids("{n: {$lt: 100}}")).isEmpty();
        assertThat(things.find(doc("{_id: 7}")).first()).isEqualTo(doc("{_id: 7, n: 107}"));
        assertThat(things.find(doc("{_id: 299}")).first()).isEqualTo(doc("{_id: 299, n: 399}"));
    }

    @Test
    void insertsWhatAnUpsertDoesNotFind() {
        UpdateResult result = things.updateOne(
                doc("{_id: 5, kind: 'x', n: {$gt: 3}}"),
                doc("{$set: {a: 1}, $setOnInsert: {b: 2}, $inc: {c: 1}}"),
                new UpdateOptions().upsert(true));

        assertThat(result.getUpsertedId().asInt32().getValue()).isEqualTo(5);
        assertThat(only()).isEqualTo(doc("{_id: 5, kind: 'x', a: 1, b: 2, c: 1}"));
        things.replaceOne(doc("{_id: 6}"), doc("{z: 1}"), new ReplaceOptions().upsert(true));
        assertThat(things.find(doc("{_id: 6}")).first()).isEqualTo(doc("{_id: 6, z: 1}"));
        things.updateOne(doc("{k: 1}"), doc("{$set: {v: 1}}"), new UpdateOptions().upsert(true));
        assertThat(things.find(doc("{k: 1}")).first().get("_id")).isInstanceOf(org.bson.types.ObjectId.class);
    }

    @Test
    void findsAndChangesInOneStep() {
        insert("{_id: 1, n: 5}", "{_id: 2, n: 3}");

        assertThat(things.findOneAndUpdate(doc("{n: {$gt: 0}}"), doc("{$inc: {n: 1}}")))
                .isNotNull();
        FindOneAndUpdateOptions after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
        assertThat(things.findOneAndUpdate(doc("{_id: 2}"), doc("{$set: {n: 8}}"), after))
                .isEqualTo(doc("{_id: 2, n: 8}"));
        assertThat(things.findOneAndUpdate(
                        doc("{}"),
                        doc("{$set: {first: true}}"),
                        new FindOneAndUpdateOptions()
                                .sort(doc("{n: -1}"))
                                .projection(doc("{first: 1}"))
                                .returnDocument(ReturnDocument.AFTER)))
                .isEqualTo(doc("{_id: 2, first: true}"));
        assertThat(things.findOneAndUpdate(doc("{_id: 3}"), doc("{$inc: {n: 1}}"), after.upsert(true)))
                .isEqualTo(doc("{_id: 3, n: 1}"));
        assertThat(things.findOneAndUpdate(
                        doc("{_id: 4}"), doc("{$inc: {n: 1}}"), new FindOneAndUpdateOptions().upsert(true)))
                .isNull();
        assertThat(things.findOneAndReplace(doc("{_id: 3}"), doc("{x: 1}"))).isEqualTo(doc("{_id: 3, n: 1}"));
        assertThat(things.findOneAndDelete(doc("{_id: 3}"))).isEqualTo(doc("{_id: 3, x: 1}"));
        assertThat(things.findOneAndDelete(doc("{_id: 3}"))).isNull();
        assertThat(things.findOneAndUpdate(doc("{_id: 33}"), doc("{$set: {a: 1}}")))
                .isNull();
    }

    @Test
    void stopsAnOrderedInsertAtTheFirstErrorAndAnUnorderedOneNowhere() {
        insert("{_id: 2}");
        List<Document> batch = List.of(doc("{_id: 1}"), doc("{_id: 2}"), doc("{_id: 3}"));

        assertThatThrownBy(() -> things.insertMany(batch)).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
            assertThat(e.getWriteErrors()).singleElement().satisfies(error -> {
                assertThat(error.getIndex()).isEqualTo(1);
                assertThat(error.getCode()).isEqualTo(11_000);
            });
            assertThat(e.getWriteResult().getInsertedCount()).isEqualTo(1);
        });
        assertThat(ids("{}")).containsExactly(1, 2);

        assertThatThrownBy(() -> things.insertMany(batch, new InsertManyOptions().ordered(false)))
                .isInstanceOfSatisfying(MongoBulkWriteException.class, e -> assertThat(e.getWriteErrors())
                        .hasSize(2));
        assertThat(ids("{}")).containsExactly(1, 2, 3);
    }

    @Test
    void writesInBulk() {
        insert("{_id: 1, a: 1}", "{_id: 2, a: 1}");

        BulkWriteResult result = things.bulkWrite(List.of(
                new InsertOneModel<>(doc("{_id: 3, a: 1}")),
                new UpdateOneModel<>(doc("{_id: 1}"), doc("{$set: {a: 2}}")),
                new UpdateManyModel<>(doc("{a: 1}"), doc("{$set: {b: 1}}")),
                new ReplaceOneModel<>(doc("{_id: 9}"), doc("{c: 1}"), new ReplaceOptions().upsert(true)),
                new DeleteOneModel<>(doc("{_id: 2}"))));

        assertThat(result.getInsertedCount()).isEqualTo(1);
        assertThat(result.getModifiedCount()).isEqualTo(3);
        assertThat(result.getUpserts()).singleElement().satisfies(upsert -> assertThat(
                        upsert.getId().asInt32().getValue())
                .isEqualTo(9));
        assertThat(result.getDeletedCount()).isEqualTo(1);
        assertThat(ids("{}")).containsExactly(1, 3, 9);
    }

    @Test
    void stopsAnOrderedBulkOfUpdatesAtTheFirstError() {
        insert("{_id: 1, a: 'x'}", "{_id: 2, a: 1}");
        var updates = List.of(
                new UpdateOneModel<Document>(doc("{_id: 1}"), doc("{$inc: {a: 1}}")),
                new UpdateOneModel<Document>(doc("{_id: 2}"), doc("{$inc: {a: 1}}")));

        assertThatThrownBy(() -> things.bulkWrite(updates)).isInstanceOf(MongoBulkWriteException.class);
        assertThat(things.find(doc("{_id: 2}")).first()).isEqualTo(doc("{_id: 2, a: 1}"));
        assertThatThrownBy(() -> things.bulkWrite(updates, new BulkWriteOptions().ordered(false)))
                .isInstanceOf(MongoBulkWriteException.class);
        assertThat(things.find(doc("{_id: 2}")).first()).isEqualTo(doc("{_id: 2, a: 2}"));
    }

    @Test
    void takesWritesThatNobodyWaitsFor() {
        things.withWriteConcern(WriteConcern.UNACKNOWLEDGED).insertOne(doc("{_id: 1}"));
        things.withWriteConcern(WriteConcern.UNACKNOWLEDGED).updateOne(doc("{_id: 1}"), doc("{$set: {a: 1}}"));

        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(only()).isEqualTo(doc("{_id: 1, a: 1}")));
    }

    @Test
    void neverChangesAnId() {
        insert("{_id: 1, a: 1}");

        assertThatThrownBy(() -> things.updateOne(doc("{a: 1}"), doc("{$set: {_id: 2}}")))
                .isInstanceOfSatisfying(
                        MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(66));
        assertThatThrownBy(() -> things.replaceOne(doc("{a: 1}"), doc("{_id: 2}")))
                .isInstanceOf(MongoWriteException.class);
        assertThatThrownBy(() -> things.updateOne(doc("{a: 1}"), doc("{$set: {b: 1}, $inc: {b: 1}}")))
                .isInstanceOfSatisfying(
                        MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(40));
    }
}
