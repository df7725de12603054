package dev.parley.embedded.store;

import de.bwaldvogel.mongo.exception.MongoServerError;
import dev.parley.embedded.store.Results.Window;
import dev.parley.embedded.store.SortOrder.Keyed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sorts in memory, for want of an index: keeps as many documents as the window asks for, and never more than a bound. */
final class Sorter {

    private static final long MAX_SORTED_BYTES = 100L << 20;

    private static final int MEMORY_LIMIT_EXCEEDED = 292;

    private final SortOrder order;
    private final long wanted;

    Sorter(SortOrder order, Window window) {
        this.order = order;
        this.wanted = window.limit() == 0 ? Long.MAX_VALUE : window.skip() + window.limit();
    }

    Iterator<Keyed> sorted(Supplier<@Nullable Keyed> documents) {
        PriorityQueue<Keyed> least = new PriorityQueue<>(Collections.reverseOrder(Keyed.ORDER));
        long bytes = 0;
        for (Keyed keyed = documents.get(); keyed != null; keyed = documents.get()) {
            least.add(keyed);
            bytes += keyed.document().bytes().length;
            if (least.size() > wanted) {
                bytes -= least.remove().document().bytes().length;
            }
            if (bytes > MAX_SORTED_BYTES) {
                throw new MongoServerError(
                        MEMORY_LIMIT_EXCEEDED,
                        "QueryExceededMemoryLimitNoDiskUseAllowed",
                        "Sorting " + order + " without an index holds more than " + MAX_SORTED_BYTES
                                + " bytes; create an index or set a limit");
            }
        }
        List<Keyed> result = new ArrayList<>(least);
        result.sort(Keyed.ORDER);
        return result.iterator();
    }
}
