package dev.parley.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ChildProcess;
import dev.parley.standalone.ChatUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The store, the broker and two instances of each service: one after the other is stopped for a while, and killed, while people chat. Of a
 * service the other instance goes on meanwhile. Nobody waits longer than promised, everything comes back by itself, and in the end nothing
 * that was acknowledged is lost, doubled or out of order, neither for those who were told of it nor in the history.
 *
 * <p>{@code -Dparley.chaos.rounds=10} does it ten times; the build does it once.
 */
class OutageTest {

    private static final int ROUNDS = Integer.getInteger("parley.chaos.rounds", 1);
    private static final int CHATTERS = 4;

    /** Longer than anybody may wait: so every limit is reached. */
    private static final Duration STOPPED = Patience.REST.plusSeconds(1);

    /** How often each must have been acknowledged something before it is calm again. */
    private static final int GOOD = 2;

    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(180);
    private static final Duration LONGEST_AGREEMENT = Duration.ofSeconds(60);

    private final Deeds deeds = new Deeds();
    private final Patience patience = new Patience();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<Chatter, Throwable> failures = new ConcurrentHashMap<>();
    private final List<Chatter> chatters = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> diary = new ArrayList<>();
    private String group;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void nobodyWaitsLongAndNothingIsLostWhateverIsAway(@TempDir Path data) throws Exception {
        try (SeparatePlatform platform = SeparatePlatform.start(data)) {
            begin(platform);
            for (int round = 0; round < ROUNDS; round++) {
                for (String name : platform.names()) {
                    stop(platform, name);
                    kill(platform, name);
                }
            }
            end();
            platform.assertAllRun();
            assertNothingIsLostDoubledOrOutOfOrder();
        } finally {
            over.set(true);
            chatters.forEach(Chatter::close);
        }
    }

    private void begin(SeparatePlatform platform) {
        List<ChatUser> users = Stream.iterate(1, i -> i + 1)
                .limit(CHATTERS)
                .map(i -> ChatUser.register(platform.baseUrl(), "Chatter" + i))
                .toList();
        group = users.get(0).groupWith(users.subList(1, CHATTERS).toArray(ChatUser[]::new));
        for (ChatUser user : users) {
            Chatter chatter = new Chatter(user, group, deeds, patience, over);
            Thread thread = new Thread(chatter, user.displayName());
            thread.setUncaughtExceptionHandler((same, failure) -> failures.put(chatter, failure));
            thread.setDaemon(true);
            chatters.add(chatter);
            threads.add(thread);
            thread.start();
        }
        awaitCalm("at first");
    }

    private void stop(SeparatePlatform platform, String name) throws Exception {
        ChildProcess part = platform.part(name);
        patience.away(name);
        part.stop();
        LockSupport.parkNanos(STOPPED.toNanos());
        part.goOn();
        patience.back();
        awaitCalm(name + " was stopped");
    }

    /** Of a service the instance that was not stopped: the other one must have come back by itself. */
    private void kill(SeparatePlatform platform, String name) throws Exception {
        ChildProcess part = platform.other(name);
        patience.away(name);
        part.kill();
        if (part != platform.part(name)) {
            awaitCalm(part + " was killed");
        }
        part.start();
        platform.awaitReady(name);
        awaitCalm(part + " was killed and started");
        patience.back();
    }

    /** Returns when everybody chats again. */
    private void awaitCalm(String after) {
        long start = System.nanoTime();
        Map<Chatter, Integer> before = chatters.stream().collect(Collectors.toMap(one -> one, Chatter::done));
        Awaitility.await(after).atMost(LONGEST_RECOVERY).until(() -> {
            requireNoFailure(after);
            return chatters.stream().allMatch(one -> one.done() >= before.get(one) + GOOD);
        });
        diary.add("%s: calm after %.1f s".formatted(after, (System.nanoTime() - start) / 1e9));
    }

    private void requireNoFailure(String after) {
        failures.forEach((chatter, failure) -> {
            throw new AssertionError(
                    chatter.user().displayName() + ", after " + after + ": " + failure + "; " + diary, failure);
        });
    }

    private void end() throws InterruptedException {
        over.set(true);
        for (Thread thread : threads) {
            thread.join(LONGEST_RECOVERY.toMillis());
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        requireNoFailure("the end");
        System.out.println(deeds + "; " + diary);
    }

    private void assertNothingIsLostDoubledOrOutOfOrder() {
        List<JsonNode> history = chatters.get(0).history();
        Map<String, String> texts = new LinkedHashMap<>();
        for (JsonNode message : history) {
            assertThat(texts.put(
                            message.path("id").asString(),
                            message.path("content").path("text").asString("")))
                    .isNull();
        }
        assertThat(texts.values()).as("doubled").doesNotHaveDuplicates();
        assertThat(history)
                .extracting(message -> message.path("seq").asLong())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList());
        // Everybody insisted until it was done: so all that is there was acknowledged.
        List<ConversationLog.Entry> stored =
                history.stream().map(ConversationLog.Entry::of).toList();
        assertThat(Set.copyOf(stored)).isEqualTo(deeds.entries());
        for (Chatter chatter : chatters) {
            Awaitility.await(chatter.user().displayName())
                    .atMost(LONGEST_AGREEMENT)
                    .untilAsserted(() -> assertKnowsAll(chatter, stored));
        }
    }

    private void assertKnowsAll(Chatter chatter, List<ConversationLog.Entry> stored) {
        assertThat(chatter.knowledge().entries(group)).containsExactlyElementsOf(stored);
        assertThat(chatter.knowledge().faults()).isEmpty();
        Set<String> others = chatter.user()
                .get("/api/v1/conversations")
                .path("data")
                .valueStream()
                .map(conversation -> conversation.path("id").asString())
                .filter(id -> !id.equals(group))
                .collect(Collectors.toSet());
        assertThat(others).as("groups").isEqualTo(chatter.made());
    }
}
