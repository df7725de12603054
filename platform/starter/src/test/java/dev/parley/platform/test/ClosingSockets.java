package dev.parley.platform.test;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/**
 * WebSockets for the Java client that answer a server's close frame. Its own leave that to the application, which never
 * hears of it; it would notice only when pings stay away. Browsers answer by themselves.
 */
public final class ClosingSockets extends WebSocketListener {

    public static final WebSocket.Factory FACTORY = new WebSocket.Factory() {

        private final OkHttpClient client = new OkHttpClient();

        @Override
        public WebSocket newWebSocket(Request request, WebSocketListener listener) {
            return client.newWebSocket(request, new ClosingSockets(listener, () -> {}));
        }
    };

    private final WebSocketListener listener;

    private final Runnable beforeEach;

    /** @param beforeEach runs before the listener is told of anything but the opening */
    ClosingSockets(WebSocketListener listener, Runnable beforeEach) {
        this.listener = listener;
        this.beforeEach = beforeEach;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        listener.onOpen(socket, response);
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        beforeEach.run();
        listener.onMessage(socket, text);
    }

    @Override
    public void onMessage(WebSocket socket, ByteString bytes) {
        beforeEach.run();
        listener.onMessage(socket, bytes);
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        beforeEach.run();
        socket.close(code, reason);
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        beforeEach.run();
        listener.onClosed(socket, code, reason);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, Response response) {
        beforeEach.run();
        listener.onFailure(socket, failure, response);
    }
}
