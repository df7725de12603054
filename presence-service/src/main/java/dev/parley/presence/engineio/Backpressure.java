package dev.parley.presence.engineio;

import java.util.ArrayList;
import java.util.List;

/** Whether a session reads on, and what is to be done once it does. Of one event loop alone. */
final class Backpressure {

    private int pauses;
    private final List<Runnable> whenResumed = new ArrayList<>();

    boolean isPaused() {
        return pauses > 0;
    }

    void pause() {
        pauses++;
    }

    /** Ends one pause. */
    void resume() {
        if (pauses > 0 && --pauses == 0) {
            runWhatWaits();
        }
    }

    /** Ends all pauses. */
    void release() {
        pauses = 0;
        runWhatWaits();
    }

    /** Runs an action now, or once nothing pauses any more. */
    void whenReady(Runnable action) {
        if (pauses > 0) {
            whenResumed.add(action);
        } else {
            action.run();
        }
    }

    private void runWhatWaits() {
        List<Runnable> ready = List.copyOf(whenResumed);
        whenResumed.clear();
        // One of them may pause again: then the others wait on.
        ready.forEach(this::whenReady);
    }
}
