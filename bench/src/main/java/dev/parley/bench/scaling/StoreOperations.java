package dev.parley.bench.chat;

import com.mongodb.client.MongoClient;
import org.bson.Document;

/**
 * How often a store was asked and written to.
 *
 * @param writes inserts, updates and deletes, each document counted, and commands, of which a change of one document that
 *     is returned at once ({@code findAndModify}) is one
 */
record Operations(long queries, long writes) {

    private static final long QUIET_MILLIS = 1_500;

    /** What was done up to now, once nothing more comes. */
    static Operations settled(MongoClient store) throws InterruptedException {
        Operations seen = now(store);
        while (true) {
            Thread.sleep(QUIET_MILLIS);
            Operations later = now(store);
            // The question itself is a command.
            if (later.writes - seen.writes <= 1 && later.queries == seen.queries) {
                return later;
            }
            seen = later;
        }
    }

    static Operations now(MongoClient store) {
        Document counters = store.getDatabase("admin")
                .runCommand(new Document("serverStatus", 1))
                .get("opcounters", Document.class);
        return new Operations(
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
