package dev.parley.platform.test;

import java.time.Duration;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;
import tools.jackson.databind.JsonNode;

/** Waits for what happens soon, but not at once. */
public final class Until {

    /** Of a machine that does much else: only what never happens takes so long. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Until() {}

    /** Returns when the assertion holds; fails as it does if it has not by then. */
    public static void satisfied(ThrowingRunnable assertion) {
        try {
            Awaitility.await()
                    .atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(20))
                    .untilAsserted(assertion);
        } catch (ConditionTimeoutException inVain) {
            Threads.show();
            throw inVain;
        }
    }

    /** The first of a list that is empty for a while. */
    public static JsonNode found(Supplier<JsonNode> list) {
        satisfied(() -> {
            if (list.get().isEmpty()) {
                throw new AssertionError("Nothing found");
            }
        });
        return list.get().get(0);
    }
}
