package dev.parley.presence.engineio;

import java.util.ArrayList;
import java.util.List;

/** Whether a session reads, and what must run once it does again. Only used in one event loop. */
final class Backpressure {

    private int pauses;
    private final List<Runnable> deferred = new ArrayList<>();

    boolean isPaused() {
        return pauses > 0;
    }

    void pause() {
        pauses++;
    }

    /** Ends one pause. */
    void resume() {
        if (pauses > 0 && --pauses == 0) {
            runDeferred();
        }
    }

    /** Ends all pauses. */
    void release() {
        pauses = 0;
        runDeferred();
    }

    /** Runs an action now, or once there is no pause any more. */
    void whenReady(Runnable action) {
        if (pauses > 0) {
            deferred.add(action);
        } else {
            action.run();
        }
    }

    private void runDeferred() {
        List<Runnable> ready = List.copyOf(deferred);
        deferred.clear();
        // One of the actions may pause again; the others then keep waiting.
        ready.forEach(this::whenReady);
    }
}
