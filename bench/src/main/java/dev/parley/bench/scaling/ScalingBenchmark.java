package dev.parley.bench.scaling;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.parley.bench.client.ChatClient;
import dev.parley.bench.measure.LatencySummary;
import dev.parley.bench.measure.Machine;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * What it costs to send a message to groups of different sizes, and to read lists of conversations of different lengths. It
 * runs against a running platform, and asks the store for its operation counters ({@code serverStatus}). Nobody else may use
 * the platform meanwhile.
 *
 * <p>Arguments: the gateway's address, the store's connection string, and the sizes of the largest group and list.
 */
public final class ScalingBenchmark {

    private static final int SENDS = 200;
    private static final int LISTS = 50;
    private static final int AT_ONCE = 500;

    private ScalingBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException {
        String gateway = arguments[0];
        int largestGroup = Integer.parseInt(arguments[2]);
        int longestList = Integer.parseInt(arguments[3]);
        try (MongoClient store = MongoClients.create(arguments[1])) {
            List<String> users = IntStream.range(0, largestGroup)
                    .parallel()
                    .mapToObj(i -> ChatClient.register(gateway).id())
                    .toList();
            System.out.println("members  writes/send  queries/send  ms/send  load");
            for (int members = 2; members <= largestGroup; members *= members == 2 ? 5 : 10) {
                sends(ChatClient.register(gateway), users.subList(0, members - 1), store);
            }
            System.out.println("conversations  queries/list  ms/list  load");
            for (int length = 10; length <= longestList; length *= 10) {
                lists(ChatClient.register(gateway), length, store);
            }
        }
    }

    private static void sends(ChatClient sender, List<String> others, MongoClient store) throws InterruptedException {
        String group = sender.group(others.subList(0, Math.min(AT_ONCE, others.size())));
        for (int from = AT_ONCE; from < others.size(); from += AT_ONCE) {
            sender.add(group, others.subList(from, Math.min(from + AT_ONCE, others.size())));
        }
        IntStream.range(0, SENDS).forEach(i -> sender.send(group, "warm " + i));
        StoreOperations before = StoreOperations.settled(store);
        long[] nanos = new long[SENDS];
        for (int i = 0; i < SENDS; i++) {
            long start = System.nanoTime();
            sender.send(group, "message " + i);
            nanos[i] = System.nanoTime() - start;
        }
        StoreOperations after = StoreOperations.settled(store);
        System.out.printf(
                Locale.ROOT,
                "%7d  %11.2f  %12.2f  %7.2f  %4.1f%n",
                others.size() + 1,
                (after.writes() - before.writes()) / (double) SENDS,
                (after.queries() - before.queries()) / (double) SENDS,
                LatencySummary.of(nanos).p50(),
                Machine.load());
    }

    private static void lists(ChatClient reader, int length, MongoClient store) throws InterruptedException {
        for (int i = 0; i < length; i++) {
            String group = reader.group(List.of());
            reader.send(group, "hello");
        }
        IntStream.range(0, LISTS)
                .forEach(i -> reader.call("GET", "/api/v1/conversations?page=1&limit=50", new Document()));
        StoreOperations before = StoreOperations.settled(store);
        long[] nanos = new long[LISTS];
        for (int i = 0; i < LISTS; i++) {
            long start = System.nanoTime();
            reader.call("GET", "/api/v1/conversations?page=1&limit=50", new Document());
            nanos[i] = System.nanoTime() - start;
        }
        StoreOperations after = StoreOperations.settled(store);
        System.out.printf(
                Locale.ROOT,
                "%13d  %12.2f  %7.2f  %4.1f%n",
                length,
                (after.queries() - before.queries()) / (double) LISTS,
                LatencySummary.of(nanos).p50(),
                Machine.load());
    }
}
