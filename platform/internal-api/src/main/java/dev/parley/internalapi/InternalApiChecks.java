package dev.parley.internalapi;

import dev.parley.internalapi.InternalCall.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Checks calls while a test goes on, on a thread of its own, and keeps what is wrong until it is asked for. */
public final class InternalApiChecks {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int IDLE_SECONDS = 60;
    private static final InternalApiChecks SHARED = new InternalApiChecks();

    private final InternalApi api = new InternalApi();
    /** One thread, which may read files. */
    private final Scheduler thread =
            Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "internal-api-checks", IDLE_SECONDS, true);

    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    private InternalApiChecks() {}

    /** The one of this JVM. */
    public static InternalApiChecks shared() {
        return SHARED;
    }

    public InternalApi api() {
        return api;
    }

    void check(Side side, InternalCall call) {
        thread.schedule(() -> {
            try {
                found.addAll(api.violations(side, call));
            } catch (RuntimeException | Error uncheckable) {
                found.add(call + " cannot be checked: " + uncheckable);
            }
        });
    }

    /** Notes what was found wrong elsewhere. */
    public void add(List<String> violations) {
        found.addAll(violations);
    }

    /** What was found wrong since the last time, each once. Waits until all calls that have ended are checked. */
    public List<String> take() {
        Mono.fromRunnable(() -> {}).subscribeOn(thread).block(LONGEST);
        List<String> taken = new ArrayList<>();
        for (String each = found.poll(); each != null; each = found.poll()) {
            taken.add(each);
        }
        return taken.stream().distinct().toList();
    }
}
