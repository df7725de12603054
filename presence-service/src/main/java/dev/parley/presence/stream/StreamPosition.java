package dev.parley.presence.stream;

import java.util.Arrays;

/** How far a topic was read: the last offset of each partition. Immutable. */
public final class StreamPosition {

    private final long[] last;

    private StreamPosition(long[] last) {
        this.last = last;
    }

    /** @param last the last offset by partition; -1 if nothing was read */
    public static StreamPosition of(long... last) {
        return new StreamPosition(last.clone());
    }

    /** Nothing was read. */
    public static StreamPosition none(int partitions) {
        long[] none = new long[partitions];
        Arrays.fill(none, -1);
        return new StreamPosition(none);
    }

    public int partitions() {
        return last.length;
    }

    public long at(int partition) {
        return last[partition];
    }

    /** The same position, but at least at this offset in one partition. */
    public StreamPosition advance(int partition, long offset) {
        if (partition >= last.length || last[partition] >= offset) {
            return this;
        }
        long[] advanced = last.clone();
        advanced[partition] = offset;
        return new StreamPosition(advanced);
    }

    /** The further of the two in each partition. Both have the same number of partitions. */
    public StreamPosition max(StreamPosition other) {
        long[] advanced = last.clone();
        Arrays.setAll(advanced, partition -> Math.max(last[partition], other.last[partition]));
        return new StreamPosition(advanced);
    }

    /** Whether it is in no partition behind the other, which has the same number of partitions. */
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
