package dev.parley.platform.test;

import okhttp3.WebSocketListener;

/** Stands before who listens. While it is shut the thread that reads waits, so that nothing is read. */
final class ReadingGate {

    private boolean shut;

    synchronized void stop() {
        shut = true;
    }

    synchronized void goOn() {
        shut = false;
        notifyAll();
    }

    synchronized void pass() {
        try {
            while (shut) {
                wait();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    WebSocketListener before(WebSocketListener listener) {
        return new ClosingSockets(listener, this::pass);
    }
}
