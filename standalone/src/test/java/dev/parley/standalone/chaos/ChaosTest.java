package dev.parley.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.ChatUser;
import dev.parley.standalone.PlatformProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two dozen devices on two presence nodes in a bad world: networks break, answers are lost, people come and go, nodes are killed,
 * somebody does not read. In the end all of them know the same, and it is so.
 *
 * <p>{@code -Dparley.chaos.seed} makes everybody decide again as in the run that said so; threads and networks go their own way.
 */
class ChaosTest {

    private static final int NODES = 2;

    /**
     * Few messages may be sent at once over a socket. How often one may ask and send over REST is not the matter here: the
     * comparison asks a lot, and the flood sends a lot. A list waits longer than by default to be brought up to date, for a machine on which everything
     * runs at once.
     */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PARLEY_MESSAGE_SENDSPERSECOND", "0",
            "PARLEY_CONVERSATION_CATCHUP_TIMEOUT", "4s",
            "PARLEY_PRESENCE_LIMITS_EVENTS_SENDMESSAGE_PERSECOND", "10",
            "PARLEY_PRESENCE_LIMITS_EVENTS_SENDMESSAGE_BURST", "12",
            "PARLEY_GATEWAY_RATELIMIT_ENABLED", "false");

    /** How long the world may take to agree when it is quiet. */
    private static final Duration LONGEST_AGREEMENT = Duration.ofSeconds(40);

    private static final Duration LONGEST_END = Duration.ofSeconds(45);
    private static final Duration CALM = Duration.ofSeconds(2);

    private final long seed = Long.getLong("parley.chaos.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Deeds deeds = new Deeds();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<ChaosClient, Behaviour> behaviours = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<ChaosClient, Throwable> failures = new ConcurrentHashMap<>();
    private Cast cast;

    @AfterEach
    void cutAll() {
        over.set(true);
        behaviours.keySet().forEach(client -> client.socket().close());
    }

    @Test
    @Timeout(600)
    void inTheEndEveryClientKnowsWhatHappened(@TempDir Path data) throws Exception {
        System.out.println("-Dparley.chaos.seed=" + seed);
        try (PlatformProcess platform =
                PlatformProcess.start(data, ENVIRONMENT, "--presence-nodes", Integer.toString(NODES))) {
            Nodes nodes = new Nodes(platform, NODES);
            cast = new Cast(platform.baseUrl(), random);

            begin();
            happen(nodes);
            end();

            agree(() -> new Messages(cast, deeds).findings());
            agree(() -> new Receipts(cast, deeds).unread());
            agree(() -> new Receipts(cast, deeds).ofNewest());
            agree(() -> new Presence(cast).findings(List.of()));

            nodes.awaitAll();
            List<ChatUser> gone = someLeave();

            agree(() -> new Presence(cast).findings(gone));
        } catch (Exception | AssertionError failure) {
            failures.values().forEach(failure::addSuppressed);
            throw new AssertionError("Happens with -Dparley.chaos.seed=" + seed + ": " + failure.getMessage(), failure);
        }
    }

    private void begin() {
        for (ChaosClient client : cast.clients()) {
            Behaviour behaviour = new Behaviour(client, cast, deeds, new Random(random.nextLong()), over);
            behaviours.put(client, behaviour);
            Thread thread = new Thread(behaviour, client.toString());
            thread.setUncaughtExceptionHandler((same, failure) -> failures.put(client, failure));
            thread.start();
            threads.add(thread);
        }
    }

    /** Both nodes are killed by turns while people chat; the second is not back yet when the last word is said. */
    private void happen(Nodes nodes) throws Exception {
        int first = 1 + random.nextInt(NODES);
        int second = NODES + 1 - first;

        calm();
        cast.join(0);
        nodes.kill(first);
        cast.join(1);
        new Flood(cast, deeds, nodes)
                .overwhelm(behaviours.get(cast.clientsOf(cast.slowReader()).get(0)));
        nodes.awaitAll();

        calm();
        cast.join(2);
        nodes.kill(second);
        cast.join(3);
        calm();
    }

    private static void calm() {
        LockSupport.parkNanos(CALM.toNanos());
    }

    private void end() throws InterruptedException {
        over.set(true);
        long until = System.nanoTime() + LONGEST_END.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        }
        for (int i = 0; i < threads.size(); i++) {
            ChaosClient client = cast.clients().get(i);
            assertThat(failures.get(client))
                    .as("%s: %s", client, client.diary())
                    .isNull();
            assertThat(threads.get(i).isAlive())
                    .as("%s is not done: %s", client, client.diary())
                    .isFalse();
        }
    }

    /** Some say goodbye, some just go. */
    private List<ChatUser> someLeave() {
        List<ChatUser> gone = List.of(
                cast.users().get(1),
                cast.users().get(2),
                cast.users().get(18),
                cast.users().get(19));
        for (ChatUser user : gone) {
            for (ChaosClient client : cast.clientsOf(user)) {
                // That a client does not poll any more is noticed when its pings stay away, which is later than this
                // waits.
                if (client.polls() || random.nextBoolean()) {
                    client.socket().leave();
                } else {
                    client.socket().cut();
                }
            }
        }
        return gone;
    }

    private void agree(Supplier<Findings> verdict) {
        long until = System.nanoTime() + LONGEST_AGREEMENT.toNanos();
        Findings findings = verdict.get();
        while (!findings.isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            findings = verdict.get();
        }
        Findings last = findings;
        assertThat(last.isEmpty()).as(() -> deeds + "; " + last).isTrue();
    }
}
