package dev.parley.message.search;

import java.util.List;
import java.util.PriorityQueue;

/** Keeps the newest of what was found, as many as there is room for. Not for several threads at once. */
final class NewestHits {

    private final int room;
    private final PriorityQueue<SearchHit> oldestFirst = new PriorityQueue<>(SearchHit.NEWEST_FIRST.reversed());

    NewestHits(int room) {
        this.room = room;
    }

    void add(SearchHit found) {
        oldestFirst.add(found);
        if (oldestFirst.size() > room) {
            oldestFirst.remove();
        }
    }

    /** NewestHits first. */
    List<SearchHit> toList() {
        return oldestFirst.stream().sorted(SearchHit.NEWEST_FIRST).toList();
    }
}
