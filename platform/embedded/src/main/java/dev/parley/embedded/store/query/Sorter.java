package dev.parley.embedded.store.query;

import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.query.SortOrder.SortEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sorts in memory where no index gives the order. It keeps as many documents as the window needs, up to a limit of bytes. */
final class Sorter {

    /** The limit that MongoDB has too. */
    private static final long MAX_SORTED_BYTES = 100L << 20;

    private final SortOrder order;
    private final long wanted;

    Sorter(SortOrder order, ResultWindow window) {
        this.order = order;
        this.wanted = window.limit() == 0 ? Long.MAX_VALUE : window.skip() + window.limit();
    }

    Iterator<SortEntry> sorted(Supplier<@Nullable SortEntry> documents) {
        PriorityQueue<SortEntry> least = new PriorityQueue<>(Collections.reverseOrder(SortEntry.ORDER));
        long bytes = 0;
        for (SortEntry entry = documents.get(); entry != null; entry = documents.get()) {
            least.add(entry);
            bytes += entry.document().bytes().length;
            if (least.size() > wanted) {
                bytes -= least.remove().document().bytes().length;
            }
            if (bytes > MAX_SORTED_BYTES) {
                throw StoreError.MEMORY_LIMIT_EXCEEDED.with("Sorting " + order + " without an index holds more than "
                        + MAX_SORTED_BYTES + " bytes; create an index or set a limit");
            }
        }
        List<SortEntry> result = new ArrayList<>(least);
        result.sort(SortEntry.ORDER);
        return result.iterator();
    }
}
