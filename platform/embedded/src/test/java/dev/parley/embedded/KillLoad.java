package dev.parley.embedded;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bson.Document;

/** One client of a store that will be killed: writes until it fails, and remembers what it was told is stored. */
final class KillLoad {

    private static final int GONE = -1;

    private final int writer;
    private final Random random;
    /** The version of each document that was acknowledged; {@link #GONE} for one whose deletion was. */
    private final Map<String, Integer> acknowledged = new HashMap<>();

    private final Map<String, Set<Integer>> inDoubt = new HashMap<>();
    private int next;
    private int acknowledgedIncrements;
    private int attemptedIncrements;

    KillLoad(int writer) {
        this.writer = writer;
        this.random = new Random(writer);
    }

    int acknowledgements() {
        return acknowledged.size() + acknowledgedIncrements;
    }

    /** Returns when the store is gone. */
    void run(MongoCollection<Document> things, Runnable onAcknowledged) {
        try {
            while (true) {
                step(things);
                onAcknowledged.run();
            }
        } catch (MongoException | IllegalStateException e) {
            // The kill. What was under way is in doubt and remembered as such.
        }
    }

    private void step(MongoCollection<Document> things) {
        int choice = random.nextInt(10);
        String known = writer + "-" + random.nextInt(Math.max(1, next));
        if (choice < 5) {
            insert(things, 1 + random.nextInt(3));
        } else if (choice < 8 && acknowledged.getOrDefault(known, GONE) != GONE) {
            update(things, known, acknowledged.get(known) + 1);
        } else if (choice < 9 && acknowledged.getOrDefault(known, GONE) != GONE) {
            delete(things, known);
        } else {
            increment(things);
        }
    }

    private void insert(MongoCollection<Document> things, int number) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String id = writer + "-" + next++;
            inDoubt.put(id, Set.of(GONE, 0));
            documents.add(document(id, 0));
        }
        things.insertMany(documents);
        documents.forEach(document -> settle(document.getString("_id"), 0));
    }

    private void update(MongoCollection<Document> things, String id, int version) {
        inDoubt.put(id, Set.of(version - 1, version));
        things.replaceOne(new Document("_id", id), document(id, version));
        settle(id, version);
    }

    private void delete(MongoCollection<Document> things, String id) {
        inDoubt.put(id, new HashSet<>(Set.of(acknowledged.get(id), GONE)));
        things.deleteOne(new Document("_id", id));
        settle(id, GONE);
    }

    private void increment(MongoCollection<Document> things) {
        attemptedIncrements++;
        things.findOneAndUpdate(
                new Document("_id", "counter-" + writer),
                new Document("$inc", new Document("count", 1)),
                new FindOneAndUpdateOptions().upsert(true));
        acknowledgedIncrements++;
    }

    private static Document document(String id, int version) {
        return new Document("_id", id)
                .append("unique", id)
                .append("version", version)
                .append("group", version % 3)
                .append("tags", List.of("t" + version, "t" + (version + 1), id));
    }

    private void settle(String id, int version) {
        inDoubt.remove(id);
        acknowledged.put(id, version);
    }

    /** Compares with what is stored after a restart, and takes what was in doubt as it turned out. */
    void verify(MongoCollection<Document> things) {
        Map<String, Integer> stored = new HashMap<>();
        for (Document document :
                things.find(new Document("_id", new Document("$gte", writer + "-").append("$lt", writer + ".")))) {
            stored.put(document.getString("_id"), document.getInteger("version"));
        }
        inDoubt.forEach((id, allowed) -> {
            int found = stored.getOrDefault(id, GONE);
            if (!allowed.contains(found)) {
                throw new AssertionError(id + " is " + found + " and not one of " + allowed);
            }
            acknowledged.put(id, found);
        });
        inDoubt.clear();
        acknowledged.forEach((id, version) -> {
            if (stored.getOrDefault(id, GONE) != (int) version) {
                throw new AssertionError(id + " was acknowledged as " + version + " and is " + stored.get(id));
            }
        });
        verifyCounter(things);
    }

    private void verifyCounter(MongoCollection<Document> things) {
        Document counter = things.find(new Document("_id", "counter-" + writer)).first();
        int count = counter == null ? 0 : counter.getInteger("count");
        if (count < acknowledgedIncrements || count > attemptedIncrements) {
            throw new AssertionError("counter " + writer + " is " + count + ", acknowledged " + acknowledgedIncrements
                    + ", attempted " + attemptedIncrements);
        }
        acknowledgedIncrements = count;
        attemptedIncrements = count;
    }
}
