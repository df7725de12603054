package dev.parley.embedded.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Server.class)
class AggregationConformanceTest extends Conformance {

    @BeforeEach
    void insertSome() {
        insert(
                "{_id: 1, kind: 'a', n: 1, tags: ['x', 'y']}",
                "{_id: 2, kind: 'b', n: 5, tags: ['y']}",
                "{_id: 3, kind: 'a', n: 3, tags: []}",
                "{_id: 4, kind: 'b', n: 2}");
    }

    @Test
    void matchesSortsSkipsAndLimits() {
        assertThat(aggregate("{$match: {n: {$gt: 1}}}", "{$sort: {n: -1}}", "{$skip: 1}", "{$limit: 1}"))
                .extracting(found -> found.get("_id"))
                .containsExactly(3);
        assertThat(aggregate("{$sort: {n: 1}}", "{$limit: 3}", "{$match: {kind: 'b'}}"))
                .extracting(found -> found.get("_id"))
                .containsExactly(4);
        assertThat(aggregate("{$limit: 3}", "{$skip: 2}")).hasSize(1);
    }

    @Test
    void groupsWithAccumulators() {
        assertThat(aggregate(
                        "{$match: {n: {$gte: 1}}}",
                        "{$group: {_id: '$kind', total: {$sum: '$n'}, count: {$sum: 1}, most: {$max: '$n'}, least:"
                                + " {$min: '$n'}, mean: {$avg: '$n'}, all: {$push: '$_id'}}}",
                        "{$sort: {_id: 1}}"))
                .containsExactly(
                        doc("{_id: 'a', total: 4, count: 2, most: 3, least: 1, mean: 2.0, all: [1, 3]}"),
                        doc("{_id: 'b', total: 7, count: 2, most: 5, least: 2, mean: 3.5, all: [2, 4]}"));
        assertThat(aggregate(
                        "{$sort: {n: 1}}",
                        "{$group: {_id: '$kind', first: {$first: '$_id'}, last: {$last: '$_id'}}}",
                        "{$sort: {_id: 1}}"))
                .containsExactly(doc("{_id: 'a', first: 1, last: 3}"), doc("{_id: 'b', first: 4, last: 2}"));
    }

    @Test
    void countsInItsWays() {
        assertThat(aggregate("{$match: {kind: 'a'}}", "{$count: 'n'}")).containsExactly(doc("{n: 2}"));
        assertThat(aggregate("{$match: {kind: 'z'}}", "{$count: 'n'}")).isEmpty();
        assertThat(aggregate("{$group: {_id: null, n: {$sum: 1}}}")).containsExactly(doc("{_id: null, n: 4}"));
        assertThat(aggregate("{$skip: 1}", "{$limit: 2}", "{$group: {_id: 1, n: {$sum: 1}}}"))
                .containsExactly(doc("{_id: 1, n: 2}"));
    }

    @Test
    void unwindsAndProjects() {
        assertThat(aggregate("{$unwind: '$tags'}", "{$group: {_id: '$tags', n: {$sum: 1}}}", "{$sort: {_id: 1}}"))
                .containsExactly(doc("{_id: 'x', n: 1}"), doc("{_id: 'y', n: 2}"));
        assertThat(aggregate(
                        "{$match: {_id: {$in: [1, 3]}}}",
                        "{$unwind: {path: '$tags', preserveNullAndEmptyArrays: true}}",
                        "{$sort: {_id: 1, tags: 1}}",
                        "{$project: {tags: 1}}"))
                .containsExactly(doc("{_id: 1, tags: 'x'}"), doc("{_id: 1, tags: 'y'}"), doc("{_id: 3}"));
        assertThat(aggregate(
                        "{$match: {_id: 2}}",
                        "{$project: {_id: 0, double: {$multiply: ['$n', 2]}, big: {$gt: ['$n', 3]}, label: {$concat:"
                                + " ['$kind', '!']}}}"))
                .containsExactly(doc("{double: 10, big: true, label: 'b!'}"));
        assertThat(aggregate("{$match: {_id: 2}}", "{$addFields: {m: {$add: ['$n', 1]}}}", "{$project: {m: 1}}"))
                .containsExactly(doc("{_id: 2, m: 6}"));
        assertThat(aggregate(
                        "{$match: {_id: 4}}",
                        "{$project: {tags: {$ifNull: ['$tags', 'none']}, size: {$cond:"
                                + " [{$isArray: '$tags'}, 1, 0]}}}"))
                .containsExactly(doc("{_id: 4, tags: 'none', size: 0}"));
    }

    @Test
    void looksUpOtherCollections() {
        database.getCollection("kinds").insertMany(List.of(doc("{_id: 'a', name: 'A'}"), doc("{_id: 'b', name: 'B'}")));

        assertThat(aggregate(
                        "{$match: {_id: 1}}",
                        "{$lookup: {from: 'kinds', localField: 'kind', foreignField: '_id', as: 'k'}}",
                        "{$project: {k: 1}}"))
                .containsExactly(doc("{_id: 1, k: [{_id: 'a', name: 'A'}]}"));
    }

    @Test
    void givesLargeResultsInBatches() {
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            many.add(new Document("_id", 1_000 + i).append("big", true));
        }
        things.insertMany(many);

        List<Document> found = things.aggregate(List.of(doc("{$match: {big: true}}"), doc("{$sort: {_id: 1}}")))
                .batchSize(30)
                .into(new ArrayList<>());
        assertThat(found).hasSize(500);
        assertThat(found.get(499).get("_id")).isEqualTo(1_499);
    }

    @Test
    void refusesUnknownStages() {
        assertThatThrownBy(() -> aggregate("{$bogus: 1}"))
                .isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(40_324));
    }
}
