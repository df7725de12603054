package dev.parley.bench.endtoend;

import dev.parley.bench.measure.LatencySummary;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one turn measured.
 *
 * @param perSecond messages a second while all pairs of users send without a pause
 * @param cpuMillis the platform's CPU time for each of those messages
 * @param busyP50 milliseconds until such a message arrived
 * @param quietP50 milliseconds until a message arrived while one pair sends, with pauses
 */
record TurnResult(
        double perSecond, double cpuMillis, double busyP50, double busyP99, double quietP50, double quietP99) {

    static final String HEADINGS = "messages/s  CPU ms each  busy: p50 ms   p99 ms  quiet: p50 ms   p99 ms  load";

    static TurnResult of(double perSecond, double cpuMillis, LatencySummary busy, LatencySummary quiet) {
        return new TurnResult(perSecond, cpuMillis, busy.p50(), busy.p99(), quiet.p50(), quiet.p99());
    }

    static TurnResult median(List<TurnResult> results) {
        return new TurnResult(
                median(results, TurnResult::perSecond),
                median(results, TurnResult::cpuMillis),
                median(results, TurnResult::busyP50),
                median(results, TurnResult::busyP99),
                median(results, TurnResult::quietP50),
                median(results, TurnResult::quietP99));
    }

    private static double median(List<TurnResult> results, ToDoubleFunction<TurnResult> figure) {
        double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The ratio of each figure. */
    TurnResult dividedBy(TurnResult other) {
        return new TurnResult(
                perSecond / other.perSecond,
                cpuMillis / other.cpuMillis,
                busyP50 / other.busyP50,
                busyP99 / other.busyP99,
                quietP50 / other.quietP50,
                quietP99 / other.quietP99);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%10.2f  %11.2f  %12.2f  %7.2f  %13.2f  %7.2f",
                perSecond,
                cpuMillis,
                busyP50,
                busyP99,
                quietP50,
                quietP99);
    }
}
