package dev.parley.platform.test;

import io.socket.client.IO;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** The way that one connection of a client takes through the network, whatever its transports. It can break, for good. */
final class Line {

    private static final OkHttpClient HTTP = new OkHttpClient();

    /** A poll is answered with the server's next ping, at the latest. */
    private static final Duration LONGEST_POLL = Duration.ofMinutes(1);

    private final ReadingGate reading;
    private final OkHttpClient client;
    private final List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    Line(ReadingGate reading) {
        this.reading = reading;
        this.client = HTTP.newBuilder()
                .dispatcher(new Dispatcher(HTTP.dispatcher().executorService()))
                .readTimeout(LONGEST_POLL)
                .addInterceptor(this::pass)
                .build();
    }

    void carry(IO.Options connection) {
        connection.callFactory = client;
        connection.webSocketFactory = this::open;
    }

    private WebSocket open(Request request, WebSocketListener listener) {
        WebSocket opened = client.newWebSocket(request, reading.before(listener));
        sockets.add(opened);
        if (broken) {
            opened.cancel();
        }
        return opened;
    }

    private Response pass(Interceptor.Chain call) throws IOException {
        if (broken) {
            throw loss();
        }
        Response response = call.proceed(call.request());
        reading.pass();
        if (broken) {
            response.close();
            throw loss();
        }
        return response;
    }

    private static IOException loss() {
        return new IOException("The network is broken");
    }

    /** Nobody says goodbye, and what is under way is lost. */
    void cut() {
        broken = true;
        client.dispatcher().cancelAll();
        sockets.forEach(WebSocket::cancel);
    }
}
