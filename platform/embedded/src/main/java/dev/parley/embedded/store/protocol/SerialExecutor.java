package dev.parley.embedded.store.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other, in the order in which they came. Each task names the executor that runs it. */
final class SerialExecutor {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    void execute(Executor executor, Runnable task) {
        synchronized (waiting) {
            waiting.add(() -> executor.execute(() -> run(task)));
            if (running) {
                return;
            }
            running = true;
        }
        startNext();
    }

    // An error in a task ends its thread, but the next task still runs.
    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            startNext();
        }
    }

    private void startNext() {
        Runnable next = next();
        if (next != null) {
            next.run();
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            running = !waiting.isEmpty();
            return waiting.poll();
        }
    }
}
