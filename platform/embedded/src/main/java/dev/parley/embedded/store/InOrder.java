package dev.parley.embedded.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other, in the order they came, each on threads of its own choice. */
final class InOrder {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    void execute(Executor threads, Runnable task) {
        synchronized (waiting) {
            waiting.add(() -> threads.execute(() -> run(task)));
            if (running) {
                return;
            }
            running = true;
        }
        startNext();
    }

    // An error ends its thread, not the tasks that wait.
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
