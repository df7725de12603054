package dev.parley.presence.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which other nodes there are. Time is measured in this node's own beats, as it hears them come back: where nothing is
 * heard, nobody is given up for being silent. Of one thread.
 */
final class NodeLeases {

    private static final int MAX_REMEMBERED = 10_000;

    /** A node whose time is over. */
    record Ended(String nodeId, Instant lastAlive) {}

    private static final class Neighbour {
        private Instant lastAlive;
        private int silentBeats;
        private boolean left;
        private Instant leftAt = Instant.MIN;
        private int beatsLeft;

        private Neighbour(Instant lastAlive) {
            this.lastAlive = lastAlive;
        }
    }

    private final int beatsOfLease;
    private final int beatsOfGrace;

    /** By id, so that all nodes have them in the same order. */
    private final Map<String, Neighbour> others = new TreeMap<>();

    private final Set<String> givenUp = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    /**
     * @param beatsOfLease for how many beats a node may be silent
     * @param beatsOfGrace for how many beats its clients may come back elsewhere after it left
     */
    NodeLeases(int beatsOfLease, int beatsOfGrace) {
        this.beatsOfLease = beatsOfLease;
        this.beatsOfGrace = beatsOfGrace;
    }

    /** Another node said something. Returns whether it had been given up. */
    boolean heard(String nodeId, Instant at) {
        Neighbour other = others.computeIfAbsent(nodeId, id -> new Neighbour(at));
        other.silentBeats = 0;
        if (!other.left && at.isAfter(other.lastAlive)) {
            other.lastAlive = at;
        }
        return givenUp.remove(nodeId);
    }

    /** A node is there, as it said at a time: if it had stopped before, it runs again. */
    void back(String nodeId, Instant at) {
        Neighbour other = others.get(nodeId);
        if (other != null && at.isAfter(other.leftAt)) {
            other.left = false;
        }
    }

    /** A node stopped. */
    void left(String nodeId, Instant at) {
        heard(nodeId, at);
        Neighbour other = others.get(nodeId);
        if (other != null) {
            other.left = true;
            other.leftAt = at;
            other.beatsLeft = beatsOfGrace;
        }
    }

    /** A beat of this node came back. Gives those whose time is over with it. */
    List<Ended> beat() {
        List<Ended> ended = new ArrayList<>();
        others.forEach((id, other) -> {
            other.silentBeats++;
            other.beatsLeft--;
            if (other.left ? other.beatsLeft < 0 : other.silentBeats > beatsOfLease) {
                ended.add(new Ended(id, other.lastAlive));
            }
        });
        ended.forEach(one -> {
            others.remove(one.nodeId());
            givenUp.add(one.nodeId());
        });
        return ended;
    }

    /** Whether this node is the first of those that were heard of just now. */
    boolean isFirst(String nodeId) {
        return others.entrySet().stream()
                .noneMatch(other -> other.getKey().compareTo(nodeId) < 0
                        && !other.getValue().left
                        && other.getValue().silentBeats <= 2);
    }

    Set<String> others() {
        return Set.copyOf(others.keySet());
    }

    int size() {
        return others.size();
    }
}
