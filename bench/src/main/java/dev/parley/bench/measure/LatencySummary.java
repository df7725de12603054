package dev.parley.bench.measure;

import java.util.Arrays;
import java.util.Collection;

/**
 * The latencies of many requests in a few numbers. The times are in milliseconds, and not a number if there was no request.
 *
 * @param count how many requests there were
 * @param p50 half of the requests took at most this long
 * @param p99 99 of 100 requests took at most this long
 */
public record LatencySummary(int count, double p50, double p99) {

    private static final double NANOS_PER_MILLI = 1e6;

    public static LatencySummary of(Collection<long[]> nanos) {
        return of(nanos.stream().flatMapToLong(Arrays::stream).toArray());
    }

    public static LatencySummary of(long... nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new LatencySummary(sorted.length, quantile(sorted, 0.50), quantile(sorted, 0.99));
    }

    private static double quantile(long[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / NANOS_PER_MILLI;
    }
}
