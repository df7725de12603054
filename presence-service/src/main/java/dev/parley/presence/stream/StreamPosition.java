package dev.parley.presence.stream;

import java.util.Arrays;

/** How far somebody has come in a topic: the last offset of each partition. Immutable. */
public final class StreamPosition {

    private final long[] last;

    private StreamPosition(long[] last) {
        this.last = last;
    }

    /** @param last by partition; -1 where nothing was handled */
    public static StreamPosition of(long... last) {
        return new StreamPosition(last.clone());
    }

    public int partitions() {
        return last.length;
    }

    public long at(int partition) {
        return last[partition];
    }

    /** The same, but at least as far in one partition. */
    public StreamPosition reaching(int partition, long offset) {
        if (partition >= last.length || last[partition] >= offset) {
            return this;
        }
        long[] further = last.clone();
        further[partition] = offset;
        return new StreamPosition(further);
    }

    /** In each partition as far as the further of the two, which have as many of them. */
    public StreamPosition and(StreamPosition other) {
        long[] further = last.clone();
        Arrays.setAll(further, partition -> Math.max(last[partition], other.last[partition]));
        return new StreamPosition(further);
    }

    /** Whether it is in no partition behind another, which has as many of them. */
    public boolean covers(StreamPosition other) {
        for (int partition = 0; partition < last.length; partition++) {
            if (last[partition] < other.last[partition]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamPosition position && Arrays.equals(last, position.last);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(last);
    }

    @Override
    public String toString() {
        return Arrays.toString(last);
    }
}
