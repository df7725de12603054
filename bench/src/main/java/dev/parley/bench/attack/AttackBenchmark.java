package dev.parley.bench.attack;

import dev.parley.bench.client.ChatClient;
import dev.parley.bench.measure.LatencySummary;
import dev.parley.bench.measure.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * What one user notices while a client from another address attacks the gateway: the latency of requests in quiet and under
 * attack, in turns, and how many failed. It runs against a running platform on this machine.
 *
 * <p>Arguments: the gateway's address, the number of turns, and the seconds of each half of a turn.
 */
public final class AttackBenchmark {

    /** A user's pace: far below what the platform can do, so that nothing waits for the user's own requests. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int WARM_UP = 1_000;

    private AttackBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        String gateway = arguments[0];
        int turns = Integer.parseInt(arguments[1]);
        Duration half = Duration.ofSeconds(Long.parseLong(arguments[2]));
        ChatClient user = ChatClient.register(gateway);
        String group = user.group(List.of());
        for (int i = 0; i < WARM_UP; i++) {
            ask(user, group, i);
        }
        System.out.println("          requests  failed  p50 ms  p99 ms  load");
        List<long[]> allQuiet = new ArrayList<>();
        List<long[]> allUnderAttack = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            allQuiet.add(measured("quiet", user, group, half));
            try (Attack attack = Attack.on(gateway)) {
                allUnderAttack.add(measured("attacked", user, group, half));
            }
        }
        double quiet = LatencySummary.of(allQuiet).p99();
        double underAttack = LatencySummary.of(allUnderAttack).p99();
        System.out.printf(
                Locale.ROOT,
                "p99 %.1f ms in quiet, %.1f ms under attack: ratio %.2f%n",
                quiet,
                underAttack,
                underAttack / quiet);
    }

    private static long[] measured(String name, ChatClient user, String group, Duration time)
            throws InterruptedException {
        List<Long> nanos = new ArrayList<>();
        int failed = 0;
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            long start = System.nanoTime();
            try {
                ask(user, group, i);
            } catch (IllegalStateException refused) {
                failed++;
                System.out.println(refused.getMessage());
            }
            nanos.add(System.nanoTime() - start);
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        long[] latencies = nanos.stream().mapToLong(Long::longValue).toArray();
        LatencySummary summary = LatencySummary.of(latencies);
        System.out.printf(
                Locale.ROOT,
                "%-9s %8d  %6d  %6.1f  %6.1f  %4.1f%n",
                name,
                summary.count(),
                failed,
                summary.p50(),
                summary.p99(),
                Machine.load());
        return latencies;
    }

    private static void ask(ChatClient user, String group, int turn) {
        switch (turn % 4) {
            case 0 -> user.send(group, "message " + turn);
            case 1 -> user.call("GET", "/api/v1/conversations?page=1&limit=20", new Document());
            case 2 -> user.call("GET", "/api/v1/conversations/" + group + "/unread", new Document());
            default -> user.call("GET", "/api/v1/users/me", new Document());
        }
    }
}
