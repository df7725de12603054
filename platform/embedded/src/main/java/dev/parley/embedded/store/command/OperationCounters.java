package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts operations since the start, for {@code serverStatus}. Each document of a write is counted. */
final class OperationCounters {

    private final LongAdder inserts = new LongAdder();
    private final LongAdder updates = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder queries = new LongAdder();
    private final LongAdder getMores = new LongAdder();
    private final LongAdder commands = new LongAdder();

    void count(String command, Document arguments) {
        switch (command.toLowerCase(Locale.ROOT)) {
            case "insert" -> inserts.add(size(arguments.get("documents")));
            case "update" -> updates.add(size(arguments.get("updates")));
            case "delete" -> deletes.add(size(arguments.get("deletes")));
            case "find" -> queries.increment();
            case "getmore" -> getMores.increment();
            default -> commands.increment();
        }
    }

    private static int size(@Nullable Object list) {
        return list instanceof Collection<?> some ? some.size() : 0;
    }

    Document serverStatus() {
        return new Document("version", "5.0.0")
                .append(
                        "opcounters",
                        new Document("insert", inserts.sum())
                                .append("query", queries.sum())
                                .append("update", updates.sum())
                                .append("delete", deletes.sum())
                                .append("getmore", getMores.sum())
                                .append("command", commands.sum()));
    }
}
