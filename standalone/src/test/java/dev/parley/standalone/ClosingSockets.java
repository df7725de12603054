package dev.parley.standalone;

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
final class ClosingSockets extends WebSocketListener {

    static final WebSocket.Factory FACTORY = new WebSocket.Factory() {

        private final OkHttpClient client = new OkHttpClient();

        @Override
        public WebSocket newWebSocket(Request request, WebSocketListener listener) {
            return client.newWebSocket(request, new ClosingSockets(listener));
        }
    };

    private final WebSocketListener listener;

    private ClosingSockets(WebSocketListener listener) {
        this.listener = listener;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        listener.onOpen(socket, response);
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        listener.onMessage(socket, text);
    }

    @Override
    public void onMessage(WebSocket socket, ByteString bytes) {
        listener.onMessage(socket, bytes);
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        socket.close(code, reason);
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        listener.onClosed(socket, code, reason);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, Response response) {
        listener.onFailure(socket, failure, response);
    }
}
