package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the query and whatever the indexes, the answer is the one that a scan of all documents gives. */
class EmbeddedStoreRandomQueryTest {

    private static final int DOCUMENTS = 250;
    private static final int QUERIES = 1_000;

    private final Random random = new Random(42);

    @TempDir
    Path directory;

    @Test
    void anIndexNeverChangesAnAnswer() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> plain = client.getDatabase("test").getCollection("plain");
            MongoCollection<Document> indexed = client.getDatabase("test").getCollection("indexed");
            createIndexes(indexed);
            for (int i = 0; i < DOCUMENTS; i++) {
                Document document = document(i);
                plain.insertOne(document);
                indexed.insertOne(document);
            }
            for (int i = 0; i < QUERIES; i++) {
                Document filter = filter(2);
                Document sort = sort();
                int skip = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
                int limit = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0;
                assertThat(find(indexed, filter, sort, skip, limit))
                        .as("filter %s sort %s skip %d limit %d", filter.toJson(), sort.toJson(), skip, limit)
                        .isEqualTo(find(plain, filter, sort, skip, limit));
                assertThat(indexed.countDocuments(filter))
                        .as("count %s", filter.toJson())
                        .isEqualTo(plain.countDocuments(filter));
                if (i % 10 == 0) {
                    change(plain, indexed, filter);
                }
            }
            assertThat(client.getDatabase("test").runCommand(new Document("validate", "indexed")))
                    .containsEntry("valid", true);
        }
    }

    private static void createIndexes(MongoCollection<Document> indexed) {
        indexed.createIndex(Document.parse("{a: 1}"));
        indexed.createIndex(Document.parse("{a: 1, b: -1}"));
        indexed.createIndex(Document.parse("{b: 1, c: 1, a: -1}"));
        indexed.createIndex(Document.parse("{c: 1}"), new IndexOptions().sparse(true));
        indexed.createIndex(Document.parse("{list: 1, a: 1}"));
        indexed.createIndex(Document.parse("{'sub.x': -1, 'sub.y': 1}"));
        indexed.createIndex(
                Document.parse("{d: 1}"), new IndexOptions().partialFilterExpression(Document.parse("{a: {$gt: 2}}")));
        indexed.createIndex(Document.parse("{u: 1}"), new IndexOptions().unique(true));
    }

    private void change(MongoCollection<Document> plain, MongoCollection<Document> indexed, Document filter) {
        Document update =
                new Document("$set", new Document(List.of("a", "b", "c", "d").get(random.nextInt(4)), value()));
        Document one = new Document("_id", random.nextInt(DOCUMENTS));
        for (MongoCollection<Document> collection : List.of(plain, indexed)) {
            collection.updateOne(one, update);
            collection.updateMany(filter, new Document("$inc", new Document("version", 1)));
        }
    }

    private static List<Document> find(
            MongoCollection<Document> collection, Document filter, Document sort, int skip, int limit) {
        return collection.find(filter).sort(sort).skip(skip).limit(limit).into(new ArrayList<>());
    }

    private Document document(int id) {
        Document document = new Document("_id", id).append("u", "u" + id);
        for (String field : List.of("a", "b", "c", "d")) {
            if (random.nextInt(5) > 0) {
                document.append(field, value());
            }
        }
        if (random.nextInt(3) > 0) {
            document.append("list", Arrays.asList(value(), value(), value()).subList(0, random.nextInt(4)));
        }
        if (random.nextInt(3) > 0) {
            Document sub = new Document("x", value()).append("y", value());
            document.append("sub", random.nextBoolean() ? sub : List.of(sub, new Document("x", value())));
        }
        return document;
    }

    private Object value() {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> (long) random.nextInt(5);
            case 2 -> random.nextInt(5) + 0.5;
            case 3, 4 -> "s" + random.nextInt(4);
            case 5 -> random.nextBoolean();
            case 6 -> new Date(random.nextInt(3) * 1_000L);
            case 7 -> new Document("k", random.nextInt(2));
            default -> random.nextInt(6);
        };
    }

    // Ends in the id, so that there is one right order.
    private Document sort() {
        Document sort = new Document();
        int fields = random.nextInt(3);
        for (int i = 0; i < fields; i++) {
            sort.append(path(), random.nextBoolean() ? 1 : -1);
        }
        return sort.append("_id", random.nextBoolean() ? 1 : -1);
    }

    private String path() {
        return List.of("a", "b", "c", "d", "list", "sub.x", "sub.y", "_id", "u").get(random.nextInt(9));
    }

    private Document filter(int depth) {
        Document filter = new Document();
        int conditions = 1 + random.nextInt(3);
        for (int i = 0; i < conditions; i++) {
            if (depth > 0 && random.nextInt(6) == 0) {
                filter.append(
                        List.of("$or", "$and").get(random.nextInt(2)), List.of(filter(depth - 1), filter(depth - 1)));
            } else {
                String path = path();
                filter.append(path, path.equals("_id") ? condition(random.nextInt(DOCUMENTS)) : condition(value()));
            }
        }
        return filter;
    }

    private Object condition(Object value) {
        return switch (random.nextInt(11)) {
            case 0 -> new Document("$gt", value);
            case 1 -> new Document("$gte", value).append("$lt", value());
            case 2 -> new Document("$lte", value);
            case 3 -> new Document("$in", Arrays.asList(value, value(), value()));
            case 4 -> new Document("$ne", value);
            case 5 -> new Document("$exists", random.nextBoolean());
            case 6 -> new Document("$nin", Arrays.asList(value, value()));
            case 7 ->
                new Document("$regex", (random.nextBoolean() ? "^s" : "^S") + random.nextInt(4))
                        .append("$options", random.nextBoolean() ? "i" : "");
            case 8 -> new Document("$not", new Document("$gt", value));
            default -> value;
        };
    }
}
