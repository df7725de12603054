package dev.parley.message.search;

import java.util.List;
import java.util.PriorityQueue;

/** Collects the newest hits, up to a number. Not thread-safe. */
final class NewestHits {

    private final int max;
    private final PriorityQueue<SearchHit> oldestFirst = new PriorityQueue<>(SearchHit.NEWEST_FIRST.reversed());

    NewestHits(int max) {
        this.max = max;
    }

    void add(SearchHit hit) {
        oldestFirst.add(hit);
        if (oldestFirst.size() > max) {
            oldestFirst.remove();
        }
    }

    /** Newest first. */
    List<SearchHit> toList() {
        return oldestFirst.stream().sorted(SearchHit.NEWEST_FIRST).toList();
    }
}
