package dev.parley.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.ChatUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** People who chat in a group, on sockets and over REST, whatever happens to the platform, and who insist on what they do until it is acknowledged. */
final class GroupChat implements AutoCloseable {

    private static final int CHATTERS = 4;

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
    private final String group;

    /** Returns when everybody chats. */
    GroupChat(String baseUrl) {
        List<ChatUser> users = Stream.iterate(1, i -> i + 1)
                .limit(CHATTERS)
                .map(i -> ChatUser.register(baseUrl, "Chatter" + i))
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

    Patience patience() {
        return patience;
    }

    /** Returns when everybody chats again. */
    void awaitCalm(String after) {
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

    /** Everybody brings to an end what they do. */
    void end() throws InterruptedException {
        over.set(true);
        for (Thread thread : threads) {
            thread.join(LONGEST_RECOVERY.toMillis());
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        requireNoFailure("the end");
        System.out.println(deeds + "; " + diary);
    }

    /** After the {@link #end}: neither for those who were told of it nor in the history. */
    void assertNothingIsLostDoubledOrOutOfOrder() {
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

    @Override
    public void close() {
        over.set(true);
        chatters.forEach(Chatter::close);
    }
}
