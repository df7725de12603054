package dev.parley.bench.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Measures the embedded store, in a process of its own, as a chat uses it: loads messages, then pages by cursor, inserts
 * and counts, with one client and with many, at two sizes; then kills the process and times its restart.
 *
 * <p>Arguments: folder, messages (default 1,000,000), cache in MiB (default 512), sync policy (default
 * OPERATING_SYSTEM).
 */
public final class StoreBenchmark {

    private static final long SMALL = 10_000;
    private static final int CLIENTS = 32;
    private static final Duration RUN = Duration.ofSeconds(15);

    private StoreBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        long messages = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
        String cacheMebibytes = arguments.length > 2 ? arguments[2] : "512";
        String syncPolicy = arguments.length > 3 ? arguments[3] : "OPERATING_SYSTEM";

        StoreProcess store = StoreProcess.start(directory, cacheMebibytes, syncPolicy);
        try (MongoClient client = MongoClients.create(store.uri())) {
            loadAndMeasure(store, client, SMALL);
            loadAndMeasure(store, client, messages);
        }
        store.kill();
        restart(directory, messages, cacheMebibytes, syncPolicy);
    }

    private static void loadAndMeasure(StoreProcess store, MongoClient client, long messages) throws Exception {
        ChatData data = new ChatData(client.getDatabase("bench"), messages);
        data.createIndexes();
        long start = System.nanoTime();
        data.loadUpTo(messages);
        double seconds = (System.nanoTime() - start) / 1e9;
        say(
                "%n%,d messages: loaded %,.0f messages/s; store RSS %d MiB",
                messages, messages / seconds, store.residentMebibytes());
        for (int clients : new int[] {1, CLIENTS}) {
            Load load = new Load(clients, RUN, store::cpuNanos);
            say("%-14s %2d clients  %s", "page of 50", clients, load.run(data::page));
            say("%-14s %2d clients  %s", "unread count", clients, load.run(data::unreadCount));
            say("%-14s %2d clients  %s", "insert", clients, load.run(data::insert));
        }
        say("store RSS %d MiB, machine load %.1f", store.residentMebibytes(), Machine.load());
    }

    private static void restart(Path directory, long messages, String cacheMebibytes, String syncPolicy)
            throws Exception {
        long start = System.nanoTime();
        StoreProcess store = StoreProcess.start(directory, cacheMebibytes, syncPolicy);
        try (MongoClient client = MongoClients.create(store.uri())) {
            ChatData data = new ChatData(client.getDatabase("bench"), messages);
            long count = data.count();
            say(
                    "%nrestart after kill -9: %.2f s to the first answer, JVM included (%,d messages); the store itself"
                            + " opened in %d ms; RSS %d MiB",
                    (System.nanoTime() - start) / 1e9, count, store.openMillis(), store.residentMebibytes());
        } finally {
            store.kill();
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
