package dev.parley.presence.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.device.UserKey;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class RecentMembershipChangesTest {

    private static final UserKey BOB = new UserKey("t", "bob");
    private static final UserKey CAROL = new UserKey("t", "carol");

    private final RecentMembershipChanges recent =
            new RecentMembershipChanges(new MembershipSettings(Duration.ofMinutes(10), 100, 100));
    private final Set<String> joined = ConcurrentHashMap.newKeySet();

    @Test
    void aMemberRemovedWhileAnOlderAnswerIsAppliedStaysRemoved() {
        for (int round = 0; round < 2_000; round++) {
            String conversation = "c" + round;
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<Void> goes = CompletableFuture.runAsync(() -> {
                await(together);
                recent.apply(BOB, conversation, 5, false, () -> joined.remove(conversation));
            });
            CompletableFuture<Void> arrives = CompletableFuture.runAsync(() -> {
                await(together);
                recent.complete(BOB, Map.of(conversation, 1L), all -> joined.addAll(all.keySet()));
            });
            CompletableFuture.allOf(goes, arrives).join();

            assertThat(joined).doesNotContain(conversation);
        }
    }

    @Test
    void aRepeatedOlderChangeDoesNotUndoALaterOne() {
        recent.apply(BOB, "c", 3, true, () -> joined.add("c"));
        recent.apply(BOB, "c", 8, false, () -> joined.remove("c"));
        recent.apply(BOB, "c", 3, true, () -> joined.add("c"));
        recent.apply(BOB, "c", 0, true, () -> joined.add("c"));
        assertThat(joined).isEmpty();

        recent.apply(BOB, "c", 9, true, () -> joined.add("c"));
        assertThat(joined).containsExactly("c");
    }

    @Test
    void anOlderAnswerDoesNotBringBackAUserWhoIsKnownNotToBeAMember() {
        recent.apply(BOB, "c", 3, true, () -> joined.add("c"));
        recent.applyNonMembership(BOB, "c", () -> joined.remove("c"));
        recent.applyNonMembership(BOB, "d", () -> {});

        recent.complete(BOB, Map.of("c", 1L, "d", 1L), all -> joined.addAll(all.keySet()));
        assertThat(joined).isEmpty();

        recent.apply(BOB, "c", 4, true, () -> joined.add("c"));
        assertThat(joined).containsExactly("c");
    }

    @Test
    void aChangeAffectsOnlyItsUser() {
        recent.apply(BOB, "c", 3, false, () -> {});

        recent.complete(CAROL, Map.of("c", 1L), all -> joined.addAll(all.keySet()));

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
