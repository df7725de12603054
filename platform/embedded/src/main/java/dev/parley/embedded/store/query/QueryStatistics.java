package dev.parley.embedded.store.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what queries read, and collects the shapes of the queries that no index helped. */
public final class QueryStatistics {

    private static final int MAX_SHAPES = 1_000;

    private final LongAdder keysExamined = new LongAdder();
    private final LongAdder documentsExamined = new LongAdder();
    private final Map<UnindexedQuery, LongAdder> unindexed = new ConcurrentHashMap<>();

    void keyExamined() {
        keysExamined.increment();
    }

    void documentExamined() {
        documentsExamined.increment();
    }

    void unindexed(UnindexedQuery query) {
        LongAdder count = unindexed.get(query);
        if (count == null && unindexed.size() < MAX_SHAPES) {
            count = unindexed.computeIfAbsent(query, unused -> new LongAdder());
        }
        if (count != null) {
            count.increment();
        }
    }

    /** How many index keys queries have read since the start, those of the primary index included. */
    public long keysExamined() {
        return keysExamined.sum();
    }

    /** How many documents queries have read since the start. */
    public long documentsExamined() {
        return documentsExamined.sum();
    }

    /** The shapes, up to a limit, of queries that read a whole collection or sorted in memory. */
    public List<UnindexedQuery> unindexedQueries() {
        return new ArrayList<>(unindexed.keySet());
    }

    /** Forgets the shapes seen so far. */
    public void reset() {
        unindexed.clear();
    }
}
