package dev.parley.bench.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.parley.bench.measure.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Measures the embedded store as a chat uses it, in a process of its own. It loads messages; then one client and many clients
 * read pages, count and insert. It does so for two numbers of messages. At the end it kills the process and measures how
 * long the restart takes.
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
        ChatMessages data = new ChatMessages(client.getDatabase("bench"), messages);
        data.createIndexes();
        long start = System.nanoTime();
        data.loadUpTo(messages);
        double seconds = (System.nanoTime() - start) / 1e9;
        say(
                "%n%,d messages: loaded %,.0f messages/s; store RSS %d MiB",
                messages, messages / seconds, store.residentMebibytes());
        for (int clients : new int[] {1, CLIENTS}) {
            ClosedLoop loop = new ClosedLoop(clients, RUN, store::cpuNanos);
            say("%-14s %2d clients  %s", "page of 50", clients, loop.run(data::page));
            say("%-14s %2d clients  %s", "unread count", clients, loop.run(data::unreadCount));
            say("%-14s %2d clients  %s", "insert", clients, loop.run(data::insert));
        }
        say("store RSS %d MiB, machine load %.1f", store.residentMebibytes(), Machine.load());
    }

    private static void restart(Path directory, long messages, String cacheMebibytes, String syncPolicy)
            throws Exception {
        long start = System.nanoTime();
        StoreProcess store = StoreProcess.start(directory, cacheMebibytes, syncPolicy);
        try (MongoClient client = MongoClients.create(store.uri())) {
            ChatMessages data = new ChatMessages(client.getDatabase("bench"), messages);
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
