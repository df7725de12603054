package dev.parley.presence.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class RecentChangesTest {

    private final RecentChanges recent = new RecentChanges();
    private final Set<String> joined = ConcurrentHashMap.newKeySet();

    @Test
    void leavesNobodyInWhoGoesWhileAnOlderAnswerIsTakenUp() {
        for (int round = 0; round < 2_000; round++) {
            String conversation = "c" + round;
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<Void> goes = CompletableFuture.runAsync(() -> {
                await(together);
                recent.apply("bob", conversation, 5, false, () -> joined.remove(conversation));
            });
            CompletableFuture<Void> arrives = CompletableFuture.runAsync(() -> {
                await(together);
                recent.amend("bob", Map.of(conversation, 1L), all -> joined.addAll(all.keySet()));
            });
            CompletableFuture.allOf(goes, arrives).join();

            assertThat(joined).doesNotContain(conversation);
        }
    }

    @Test
    void lastsThroughAnOlderChangeThatIsToldAgain() {
        recent.apply("bob", "c", 3, true, () -> joined.add("c"));
        recent.apply("bob", "c", 8, false, () -> joined.remove("c"));
        recent.apply("bob", "c", 3, true, () -> joined.add("c"));
        recent.apply("bob", "c", 0, true, () -> joined.add("c"));
        assertThat(joined).isEmpty();

        recent.apply("bob", "c", 9, true, () -> joined.add("c"));
        assertThat(joined).containsExactly("c");
    }

    @Test
    void isNotTakenUpFromAnOlderAnswerAfterAWithdrawal() {
        recent.apply("bob", "c", 3, true, () -> joined.add("c"));
        recent.withdraw("bob", "c", () -> joined.remove("c"));
        recent.withdraw("bob", "d", () -> {});

        recent.amend("bob", Map.of("c", 1L, "d", 1L), all -> joined.addAll(all.keySet()));
        assertThat(joined).isEmpty();

        recent.apply("bob", "c", 4, true, () -> joined.add("c"));
        assertThat(joined).containsExactly("c");
    }

    @Test
    void concernsNobodyElse() {
        recent.apply("bob", "c", 3, false, () -> {});

        recent.amend("carol", Map.of("c", 1L), all -> joined.addAll(all.keySet()));

        assertThat(joined).containsExactly("c");
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
