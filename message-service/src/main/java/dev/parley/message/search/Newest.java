package dev.parley.message.search;

import dev.parley.message.timeline.Found;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the newest of what was found, as many as there is room for. Not for several threads at once. */
final class Newest {

    private final int room;
    private final PriorityQueue<Found> oldestFirst = new PriorityQueue<>(Found.NEWEST_FIRST.reversed());

    Newest(int room) {
        this.room = room;
    }

    void add(Found found) {
        oldestFirst.add(found);
        if (oldestFirst.size() > room) {
            oldestFirst.remove();
        }
    }

    /** Newest first. */
    List<Found> toList() {
        return oldestFirst.stream().sorted(Found.NEWEST_FIRST).toList();
    }
}
