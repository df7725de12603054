package dev.parley.embedded.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Server.class)
class IndexConformanceTest extends Conformance {

    @Test
    void aUniqueIndexRefusesASecondDocumentWithTheKey() {
        things.createIndex(doc("{a: 1, b: 1}"), new IndexOptions().unique(true));
        insert("{_id: 1, a: 1, b: 1}", "{_id: 2, a: 1, b: 2}");

        assertThatThrownBy(() -> insert("{_id: 3, a: 1, b: 2}")).hasMessageContaining("E11000");
        assertThatThrownBy(() -> things.updateOne(doc("{_id: 1}"), doc("{$set: {b: 2}}")))
                .isInstanceOfSatisfying(
                        MongoWriteException.class,
                        e -> assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY));
        assertThat(ids("{}")).containsExactly(1, 2);
        assertThat(ids("{a: 1, b: 1}")).containsExactly(1);
    }

    @Test
    void aUniqueIndexTakesMissingAndNullForOneValue() {
        things.createIndex(doc("{a: 1}"), new IndexOptions().unique(true));
        insert("{_id: 1}");

        assertThatThrownBy(() -> insert("{_id: 2, a: null}")).hasMessageContaining("E11000");
    }

    @Test
    void aSparseUniqueIndexLeavesOutDocumentsWithoutTheField() {
        things.createIndex(doc("{a: 1}"), new IndexOptions().unique(true).sparse(true));
        insert("{_id: 1}", "{_id: 2}", "{_id: 3, a: 7}");

        assertThatThrownBy(() -> insert("{_id: 4, a: 7}")).hasMessageContaining("E11000");
        assertThat(ids("{a: null}")).containsExactly(1, 2);
        assertThat(ids("{a: 7}")).containsExactly(3);
    }

    @Test
    void aPartialUniqueIndexLooksOnlyAtDocumentsThatMatchItsFilter() {
        things.createIndex(
                doc("{name: 1}"), new IndexOptions().unique(true).partialFilterExpression(doc("{active: true}")));
        insert("{_id: 1, name: 'x', active: true}", "{_id: 2, name: 'x', active: false}", "{_id: 3, name: 'x'}");

        assertThatThrownBy(() -> insert("{_id: 4, name: 'x', active: true}")).hasMessageContaining("E11000");
        assertThatThrownBy(() -> things.updateOne(doc("{_id: 2}"), doc("{$set: {active: true}}")))
                .hasMessageContaining("E11000");
        assertThat(ids("{name: 'x'}")).containsExactly(1, 2, 3);
        assertThat(ids("{name: 'x', active: true}")).containsExactly(1);

        things.updateOne(doc("{_id: 1}"), doc("{$set: {active: false}}"));
        things.updateOne(doc("{_id: 2}"), doc("{$set: {active: true}}"));
        assertThat(ids("{name: 'x', active: true}")).containsExactly(2);
    }

    @Test
    void aUniqueIndexIsNotMadeOverDuplicates() {
        insert("{_id: 1, a: 1}", "{_id: 2, a: 1}");

        assertThatThrownBy(() -> things.createIndex(doc("{a: 1}"), new IndexOptions().unique(true)))
                .hasMessageContaining("E11000");
        assertThat(things.listIndexes().into(new ArrayList<>())).hasSize(1);
        insert("{_id: 3, a: 1}");
    }

    @Test
    void anIndexMadeLaterHoldsTheDocumentsThatWereThere() {
        for (int i = 0; i < 2_500; i++) {
            things.insertOne(new Document("_id", i).append("n", i % 10));
        }
        things.createIndex(doc("{n: 1}"));

        assertThat(things.countDocuments(doc("{n: 3}"))).isEqualTo(250);
        assertThat(things.find(doc("{n: 3}")).hint(doc("{n: 1}")).into(new ArrayList<>()))
                .hasSize(250);
    }

    @Test
    void indexesAreListedWithTheirOptionsAndDroppedByNameOrKeys() {
        things.createIndex(doc("{a: 1, b: -1}"), new IndexOptions().unique(true).name("first"));
        things.createIndex(doc("{c: 1}"), new IndexOptions().sparse(true));
        things.createIndex(doc("{d: 1}"), new IndexOptions().expireAfter(10L, TimeUnit.SECONDS));
        things.createIndex(doc("{e: 1}"), new IndexOptions().partialFilterExpression(doc("{e: {$gt: 5}}")));

        List<Document> listed = things.listIndexes().into(new ArrayList<>());
        assertThat(listed)
                .extracting(index -> index.getString("name"))
                .containsExactly("_id_", "first", "c_1", "d_1", "e_1");
        assertThat(listed.get(1)).containsEntry("unique", true);
        assertThat(listed.get(1).get("key", Document.class).keySet()).containsExactly("a", "b");
        assertThat(listed.get(2)).containsEntry("sparse", true);
        assertThat(listed.get(3).get("expireAfterSeconds", Number.class).longValue())
                .isEqualTo(10);
        assertThat(listed.get(4)).containsEntry("partialFilterExpression", doc("{e: {$gt: 5}}"));

        things.dropIndex("first");
        things.dropIndex(doc("{c: 1}"));
        assertThatThrownBy(() -> things.dropIndex("nothing"))
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(27));
        things.dropIndexes();
        assertThat(things.listIndexes().into(new ArrayList<>())).hasSize(1);
    }

    @Test
    void makingAnIndexAgainIsNothingAndMakingAnotherUnderItsNameAnError() {
        things.createIndex(doc("{a: 1}"), new IndexOptions().name("one"));
        things.createIndex(doc("{a: 1}"), new IndexOptions().name("one"));

        assertThatThrownBy(() -> things.createIndex(doc("{b: 1}"), new IndexOptions().name("one")))
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(86));
        assertThatThrownBy(() -> things.createIndex(
                        doc("{a: 1}"), new IndexOptions().name("one").unique(true)))
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCode())
                        .isIn(85, 86));
    }

    @Test
    void twoArraysCannotShareAnIndexEntry() {
        things.createIndex(doc("{a: 1, b: 1}"));

        assertThatThrownBy(() -> insert("{_id: 1, a: [1, 2], b: [3, 4]}"))
                .hasMessageContaining("cannot index parallel arrays");
        insert("{_id: 2, a: [1, 2], b: 3}");
        assertThat(ids("{a: 2, b: 3}")).containsExactly(2);
    }

    @Test
    void anIndexOverAnArrayFindsADocumentOnceByEachElement() {
        things.createIndex(doc("{tags: 1}"));
        insert("{_id: 1, tags: ['a', 'b']}", "{_id: 2, tags: 'b'}", "{_id: 3, tags: []}", "{_id: 4}");

        assertThat(ids("{tags: 'b'}")).containsExactly(1, 2);
        assertThat(ids("{tags: {$in: ['a', 'b']}}")).containsExactly(1, 2);
        assertThat(ids("{tags: {$gte: 'a'}}")).containsExactly(1, 2);
        assertThat(ids("{tags: {$gt: 'a', $lt: 'b'}}")).isEmpty();
        assertThat(ids("{tags: null}")).containsExactly(4);
        assertThat(things.countDocuments(doc("{tags: {$gte: 'a'}}"))).isEqualTo(2);
        things.updateOne(doc("{_id: 1}"), doc("{$pull: {tags: 'b'}}"));
        assertThat(ids("{tags: 'b'}")).containsExactly(2);
    }

    @Test
    void anIndexOverElementsOfAnArrayNarrowsByOneOfTheirFields() {
        things.createIndex(doc("{'members.user': 1}"));
        insert(
                "{_id: 1, members: [{user: 'a', role: 'admin'}, {user: 'b', role: 'guest'}]}",
                "{_id: 2, members: [{user: 'a', role: 'guest'}]}",
                "{_id: 3, members: []}");

        assertThat(ids("{'members.user': 'a'}")).containsExactly(1, 2);
        assertThat(ids("{members: {$elemMatch: {user: 'a', role: 'guest'}}}")).containsExactly(2);
        assertThat(ids("{'members.user': {$in: ['a', 'b']}}")).containsExactly(1, 2);
        assertThat(ids("{'members.user': {$ne: 'a'}}")).containsExactly(3);
    }

    @Test
    void aHintMustNameAnIndex() {
        insert("{_id: 1, a: 1}");

        assertThatThrownBy(() -> things.find().hint(doc("{z: 1}")).first())
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(2));
    }
}
