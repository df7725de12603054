package dev.parley.platform.test;

import java.util.function.Consumer;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/**
 * Stands before who listens to a WebSocket. While it is shut the thread that reads waits, so that nothing is read. A server's
 * close frame is answered, as browsers do; the Java client never would, and notice only when pings stay away.
 */
final class ReadingGate {

    private boolean shut;

    synchronized void stop() {
        shut = true;
    }

    synchronized void goOn() {
        shut = false;
        notifyAll();
    }

    private synchronized void pass() {
        try {
            while (shut) {
                wait();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    WebSocketListener before(WebSocketListener listener) {
        return new WebSocketListener() {
            @Override
            public void onOpen(WebSocket socket, Response response) {
                listener.onOpen(socket, response);
            }

            @Override
            public void onMessage(WebSocket socket, String text) {
                passOn(there -> there.onMessage(socket, text));
            }

            @Override
            public void onMessage(WebSocket socket, ByteString bytes) {
                passOn(there -> there.onMessage(socket, bytes));
            }

            @Override
            public void onClosing(WebSocket socket, int code, String reason) {
                passOn(there -> socket.close(code, reason));
            }

            @Override
            public void onClosed(WebSocket socket, int code, String reason) {
                passOn(there -> there.onClosed(socket, code, reason));
            }

            @Override
            public void onFailure(WebSocket socket, Throwable failure, Response response) {
                passOn(there -> there.onFailure(socket, failure, response));
            }

            private void passOn(Consumer<WebSocketListener> event) {
                pass();
                event.accept(listener);
            }
        };
    }
}
