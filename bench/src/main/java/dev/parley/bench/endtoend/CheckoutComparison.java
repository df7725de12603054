package dev.parley.bench.endtoend;

import dev.parley.bench.measure.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the throughput and the latency of messages, from one client's socket to another client's, for built checkouts.
 * They take turns (A, B, A, B, …), each turn with a new platform and an empty data folder.
 *
 * <p>Arguments: how many turns each checkout has, how many messages each pair of users sends to warm up and how many in each of
 * the two measurements, and the folders of the checkouts. The others are compared with the first one.
 */
final class CheckoutComparison {

    private CheckoutComparison() {}

    public static void main(String[] arguments) throws Exception {
        int turns = Integer.parseInt(arguments[0]);
        int warmUp = Integer.parseInt(arguments[1]);
        int messages = Integer.parseInt(arguments[2]);
        List<Path> checkouts = new ArrayList<>();
        for (int i = 3; i < arguments.length; i++) {
            checkouts.add(Path.of(arguments[i]).toAbsolutePath().normalize());
        }
        for (int i = 0; i < checkouts.size(); i++) {
            say("%s = %s", name(i), checkouts.get(i));
        }
        List<List<TurnResult>> results = checkouts.stream()
                .map(checkout -> (List<TurnResult>) new ArrayList<TurnResult>())
                .toList();
        say("%n%-12s  %s", "turn", TurnResult.HEADINGS);
        for (int turn = 1; turn <= turns; turn++) {
            for (int i = 0; i < checkouts.size(); i++) {
                double load = Machine.load();
                TurnResult result = turn(checkouts.get(i), warmUp, messages);
                results.get(i).add(result);
                say("%s %-10d  %s  %4.1f to %4.1f", name(i), turn, result, load, Machine.load());
            }
        }
        sayMedians(results);
    }

    private static TurnResult turn(Path checkout, int warmUp, int messages) throws IOException, InterruptedException {
        try (Platform platform = Platform.start(checkout)) {
            return MessageLoad.run(platform, warmUp, messages);
        }
    }

    private static void sayMedians(List<List<TurnResult>> results) {
        say("");
        TurnResult first = TurnResult.median(results.get(0));
        for (int i = 0; i < results.size(); i++) {
            TurnResult median = TurnResult.median(results.get(i));
            say("%-12s  %s", name(i) + " (median)", median);
            if (i > 0) {
                say("%-12s  %s", name(i) + " / " + name(0), median.dividedBy(first));
            }
        }
    }

    private static String name(int checkout) {
        return String.valueOf((char) ('A' + checkout));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
