package dev.parley.embedded.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoQueryException;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Server.class)
class QueryConformanceTest extends Conformance {

    @BeforeEach
    void insertSome() {
        insert(
                "{_id: 1, n: 1, s: 'apple', tags: ['a', 'b'], sub: {x: 1, y: 'q'}}",
                "{_id: 2, n: 2.5, s: 'Banana', tags: ['b'], sub: {x: 2}}",
                "{_id: 3, n: {$numberLong: '3'}, s: 'cherry', tags: [], list: [{k: 1, v: 5}, {k: 2, v: 10}]}",
                "{_id: 4, n: null, s: 'date', list: [{k: 1, v: 10}]}",
                "{_id: 5, s: 'äpfel', flag: true}",
                "{_id: 6, n: 'text', flag: false, when: {$date: '2024-05-01T00:00:00Z'}}");
    }

    @Test
    void comparesNumbersAcrossTheirTypes() {
        assertThat(ids("{n: 3}")).containsExactly(3);
        assertThat(ids("{n: {$gt: 1}}")).containsExactly(2, 3);
        assertThat(ids("{n: {$gte: 1, $lt: 3}}")).containsExactly(1, 2);
        assertThat(ids("{n: {$in: [1, 2.5, 'text']}}")).containsExactly(1, 2, 6);
    }

    @Test
    void comparesOnlyWithinAType() {
        assertThat(ids("{n: {$gt: 'a'}}")).containsExactly(6);
        assertThat(ids("{when: {$lt: {$date: '2025-01-01T00:00:00Z'}}}")).containsExactly(6);
        assertThat(ids("{n: {$lt: {$date: '2025-01-01T00:00:00Z'}}}")).isEmpty();
    }

    @Test
    void takesMissingForNull() {
        assertThat(ids("{n: null}")).containsExactly(4, 5);
        assertThat(ids("{n: {$ne: null}}")).containsExactly(1, 2, 3, 6);
        assertThat(ids("{n: {$exists: false}}")).containsExactly(5);
        assertThat(ids("{n: {$exists: true}}")).containsExactly(1, 2, 3, 4, 6);
        assertThat(ids("{n: {$in: [null, 1]}}")).containsExactly(1, 4, 5);
        assertThat(ids("{n: {$nin: [null, 1]}}")).containsExactly(2, 3, 6);
    }

    @Test
    void looksIntoArrays() {
        assertThat(ids("{tags: 'b'}")).containsExactly(1, 2);
        assertThat(ids("{tags: ['b']}")).containsExactly(2);
        assertThat(ids("{tags: {$all: ['a', 'b']}}")).containsExactly(1);
        assertThat(ids("{tags: {$size: 0}}")).containsExactly(3);
        assertThat(ids("{tags: {$nin: ['a']}}")).containsExactly(2, 3, 4, 5, 6);
        assertThat(ids("{tags: {$in: ['z', 'a']}}")).containsExactly(1);
        assertThat(ids("{'list.k': 2}")).containsExactly(3);
        assertThat(ids("{'list.0.v': 10}")).containsExactly(4);
        assertThat(ids("{list: {$elemMatch: {k: 1, v: 10}}}")).containsExactly(4);
        assertThat(ids("{'list.k': 1, 'list.v': 10}")).containsExactly(3, 4);
        assertThat(ids("{'list.v': {$gt: 5}}")).containsExactly(3, 4);
    }

    @Test
    void combinesConditions() {
        assertThat(ids("{$or: [{n: 1}, {s: 'date'}]}")).containsExactly(1, 4);
        assertThat(ids("{$and: [{n: {$gt: 0}}, {s: {$ne: 'apple'}}]}")).containsExactly(2, 3);
        assertThat(ids("{$nor: [{n: 1}, {s: 'date'}]}")).containsExactly(2, 3, 5, 6);
        assertThat(ids("{n: {$not: {$gt: 1}}}")).containsExactly(1, 4, 5, 6);
        assertThat(ids("{$or: [{n: 1}, {n: 2.5}], s: {$exists: true}}")).containsExactly(1, 2);
        assertThat(ids("{flag: {$ne: true}, n: {$type: 'string'}}")).containsExactly(6);
    }

    @Test
    void matchesSubdocumentsByPathAndAsAWhole() {
        assertThat(ids("{'sub.x': 2}")).containsExactly(2);
        assertThat(ids("{sub: {x: 2}}")).containsExactly(2);
        assertThat(ids("{sub: {y: 'q', x: 1}}")).isEmpty();
        assertThat(ids("{'sub.y': null}")).containsExactly(2, 3, 4, 5, 6);
    }

    @Test
    void matchesRegularExpressionsByIndexToo() {
        things.createIndex(doc("{s: 1}"));

        matchesRegularExpressions();
        assertThat(ids("{s: {$regex: '^B', $options: 'i'}}")).containsExactly(2);
        assertThat(ids("{s: {$regularExpression: {pattern: '^B', options: 'i'}}}"))
                .containsExactly(2);
        assertThat(ids("{s: {$regex: '^ap?'}}")).containsExactly(1);
        assertThat(ids("{s: {$regex: '^(a|c)'}}")).containsExactly(1, 3);
        assertThat(ids("{s: {$regex: '^ban|^che'}}")).containsExactly(3);
    }

    @Test
    void matchesRegularExpressions() {
        assertThat(ids("{s: {$regex: '^a'}}")).containsExactly(1);
        assertThat(ids("{s: {$regex: '^b', $options: 'i'}}")).containsExactly(2);
        assertThat(ids("{s: {$regex: 'rr'}}")).containsExactly(3);
        assertThat(ids("{s: {$in: [{$regularExpression: {pattern: '^c', options: ''}}, 'date']}}"))
                .containsExactly(3, 4);
        assertThat(ids("{s: {$not: {$regex: 'a'}}}")).containsExactly(3, 5, 6);
    }

    @Test
    void evaluatesExpressions() {
        assertThat(ids("{$expr: {$eq: ['$sub.x', 2]}}")).containsExactly(2);
    }

    @Test
    void sortsAcrossTypesWithSkipAndLimit() {
        assertThat(ids("{}", "{n: 1, _id: 1}")).containsExactly(4, 5, 1, 2, 3, 6);
        assertThat(ids("{}", "{n: -1, _id: -1}")).containsExactly(6, 3, 2, 1, 5, 4);
        assertThat(ids("{}", "{s: 1}")).containsExactly(6, 2, 1, 3, 4, 5);
        List<Object> page = things.find()
                .sort(doc("{_id: -1}"))
                .skip(1)
                .limit(2)
                .map(found -> found.get("_id"))
                .into(new ArrayList<>());
        assertThat(page).containsExactly(5, 4);
    }

    @Test
    void sortsArraysByTheirLeastOrGreatestElement() {
        things.drop();
        insert("{_id: 1, a: [3, 9]}", "{_id: 2, a: 5}", "{_id: 3, a: [4]}", "{_id: 4, a: []}", "{_id: 5}");

        assertThat(ids("{}", "{a: 1}")).containsExactly(4, 5, 1, 3, 2);
        assertThat(ids("{}", "{a: -1}")).containsExactly(1, 2, 3, 5, 4);
    }

    @Test
    void projectsFieldsInAndOut() {
        assertThat(things.find(doc("{_id: 1}"))
                        .projection(doc("{n: 1, 'sub.x': 1}"))
                        .first())
                .isEqualTo(doc("{_id: 1, n: 1, sub: {x: 1}}"));
        assertThat(things.find(doc("{_id: 1}"))
                        .projection(doc("{tags: 0, sub: 0, s: 0}"))
                        .first())
                .isEqualTo(doc("{_id: 1, n: 1}"));
        assertThat(things.find(doc("{_id: 1}"))
                        .projection(doc("{_id: 0, s: 1}"))
                        .first())
                .isEqualTo(doc("{s: 'apple'}"));
        assertThat(things.find(doc("{_id: 3}"))
                        .projection(Projections.fields(
                                Projections.include("s"), Projections.elemMatch("list", doc("{k: 2}"))))
                        .first())
                .isEqualTo(doc("{_id: 3, s: 'cherry', list: [{k: 2, v: 10}]}"));
        assertThat(things.find(doc("{_id: 1}"))
                        .projection(Projections.fields(Projections.include("n"), Projections.slice("tags", -1)))
                        .first())
                .isEqualTo(doc("{_id: 1, n: 1, tags: ['b']}"));
    }

    @Test
    void countsWithAndWithoutAFilter() {
        assertThat(things.countDocuments()).isEqualTo(6);
        assertThat(things.estimatedDocumentCount()).isEqualTo(6);
        assertThat(things.countDocuments(doc("{n: {$gt: 1}}"))).isEqualTo(2);
        assertThat(things.countDocuments(doc("{n: 99}"))).isZero();
        assertThat(things.distinct("tags", String.class).into(new ArrayList<>()))
                .containsExactly("a", "b");
    }

    @Test
    void givesLargeResultsInBatches() {
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < 1_234; i++) {
            many.add(new Document("_id", 1_000 + i).append("big", true));
        }
        things.insertMany(many);

        List<Integer> found = new ArrayList<>();
        for (Document document :
                things.find(doc("{big: true}")).sort(doc("{_id: -1}")).batchSize(100)) {
            found.add(document.getInteger("_id"));
        }
        assertThat(found).hasSize(1_234).startsWith(2_233).endsWith(1_000);
    }

    @Test
    void keepsEveryTypeAsItWasStored() {
        Document all = doc("{_id: 99, i: 1, l: {$numberLong: '9007199254740993'}, d: 1.5, b: true, z: null,"
                + " dec: {$numberDecimal: '1.10'}, o: {$oid: '507f1f77bcf86cd799439011'},"
                + " bin: {$binary: {base64: 'AQID', subType: '00'}}, r: {$regularExpression: {pattern: 'a', options: 'i'}},"
                + " t: {$timestamp: {t: 5, i: 6}}, min: {$minKey: 1}, max: {$maxKey: 1}, s: 'ế漢😀',"
                + " uuid: {$binary: {base64: 'AAECAwQFBgcICQoLDA0ODw==', subType: '04'}}, a: [[1], []], e: {}}");
        all.put("when", new Date(123_456_789L));
        things.insertOne(all);

        assertThat(things.find(doc("{_id: 99}")).first()).isEqualTo(all);
    }

    @Test
    void refusesUnknownOperators() {
        assertThatThrownBy(() -> ids("{n: {$bogus: 1}}"))
                .isInstanceOfSatisfying(MongoQueryException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(2));
        assertThatThrownBy(() -> ids("{$bogus: 1}"))
                .isInstanceOfSatisfying(MongoQueryException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(2));
    }
}
