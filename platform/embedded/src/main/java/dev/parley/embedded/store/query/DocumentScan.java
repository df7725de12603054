package dev.parley.embedded.store.query;

import dev.parley.embedded.store.document.StoredDocument;
import dev.parley.embedded.store.storage.KeyScan;
import dev.parley.embedded.store.table.Table;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the documents that a plan leads to, one by one. They still have to be checked against the filter. */
final class DocumentScan implements AutoCloseable {

    private final Table table;
    private final QueryStatistics statistics;
    private final Deque<KeyScan> scans = new ArrayDeque<>();
    private final Deque<QueryPlan> plans = new ArrayDeque<>();
    private final @Nullable Set<ByteBuffer> seen;

    DocumentScan(Table table, QueryStatistics statistics, QueryPlan plan) {
        this.table = table;
        this.statistics = statistics;
        this.seen = plan.repeats() ? new HashSet<>() : null;
        addScans(plan);
    }

    private void addScans(QueryPlan plan) {
        if (plan.isUnion()) {
            plan.branches().forEach(this::addScans);
        } else if (!plan.ranges().isEmpty()) {
            scans.add(table.scan(plan.index(), plan.ranges(), plan.backwards()));
            plans.add(plan);
        }
    }

    /** The next document, or null at the end. */
    @Nullable StoredDocument next() {
        while (!scans.isEmpty()) {
            KeyScan scan = scans.element();
            if (!scan.advance()) {
                scan.close();
                scans.remove();
                plans.remove();
                continue;
            }
            statistics.keyExamined();
            byte[] found = read(scan, plans.element());
            if (found != null) {
                statistics.documentExamined();
                return new StoredDocument(found);
            }
        }
        return null;
    }

    private byte @Nullable [] read(KeyScan scan, QueryPlan plan) {
        boolean primary = plan.index().isPrimary();
        byte[] documentKey = primary ? scan.key() : scan.value();
        if (seen != null && !seen.add(ByteBuffer.wrap(documentKey))) {
            return null;
        }
        return primary ? scan.value() : table.document(documentKey, scan);
    }

    /** The number of keys in a plan that needs no documents to be counted. */
    static long countKeys(Table table, QueryStatistics statistics, QueryPlan plan) {
        if (plan.ranges().isEmpty()) {
            return 0;
        }
        long count = 0;
        try (KeyScan scan = table.scan(plan.index(), plan.ranges(), false)) {
            while (scan.advance()) {
                statistics.keyExamined();
                count++;
            }
        }
        return count;
    }

    void pause() {
        scans.forEach(KeyScan::pause);
    }

    @Override
    public void close() {
        scans.forEach(KeyScan::close);
        scans.clear();
    }
}
