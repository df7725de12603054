package dev.parley.bench.scaling;

import com.mongodb.client.MongoClient;
import org.bson.Document;

/**
 * How many queries and writes a store has carried out since its start.
 *
 * @param writes inserted, updated and deleted documents, and commands, because {@code findAndModify} counts as a command
 */
record StoreOperations(long queries, long writes) {

    private static final long QUIET_MILLIS = 1_500;

    /** Waits until nothing more happens, and returns the numbers then. */
    static StoreOperations settled(MongoClient store) throws InterruptedException {
        StoreOperations seen = now(store);
        while (true) {
            Thread.sleep(QUIET_MILLIS);
            StoreOperations later = now(store);
            // Reading the counters is a command itself.
            if (later.writes - seen.writes <= 1 && later.queries == seen.queries) {
                return later;
            }
            seen = later;
        }
    }

    static StoreOperations now(MongoClient store) {
        Document counters = store.getDatabase("admin")
                .runCommand(new Document("serverStatus", 1))
                .get("opcounters", Document.class);
        return new StoreOperations(
                count(counters, "query"),
                count(counters, "insert")
                        + count(counters, "update")
                        + count(counters, "delete")
                        + count(counters, "command"));
    }

    private static long count(Document counters, String name) {
        return counters.get(name, Number.class).longValue();
    }
}
