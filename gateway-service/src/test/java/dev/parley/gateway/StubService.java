package dev.parley.gateway;

import dev.parley.platform.test.StubAnswers;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Stands for a service behind the gateway: keeps what it is sent, answers as told, echoes on sockets. */
final class StubService {

    /** A request as it arrived, whole. */
    record Received(String method, String uri, HttpHeaders headers, String body) {}

    interface Answer {
        Publisher<Void> to(Received request, HttpServerResponse response);
    }

    private static final Answer OK = (request, response) -> response.header("Content-Type", "application/json")
            .sendString(Mono.just("{\"path\":\"" + request.uri() + "\"}"));

    final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    volatile boolean ready = true;
    volatile String healthPath = "/actuator/health/readiness";
    volatile Answer answer = OK;

    /** What it tells the gateway of web push; null if it tells nothing now. */
    volatile String vapidPublicKey;

    /** Takes a request while it comes; null to wait for all of it, and then {@link #answer} it. */
    volatile BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> streaming;

    /** Whether it takes no new sessions, as one that is about to stop. */
    volatile boolean draining;

    /** What it chooses of the subprotocols, whether they are offered or not; null for none. */
    volatile String subprotocol;

    /** More headers of the answer to a WebSocket's handshake, as lines. */
    volatile List<String> handshakeHeaders = List.of();

    private final Queue<Connection> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();
    private final String host;
    private final int port;
    private DisposableServer server;

    StubService() {
        this("127.0.0.1", 0);
    }

    /** One at each of these hosts, all on the same port, which nobody else has at any of them. */
    static List<StubService> onOnePort(String... hosts) {
        while (true) {
            List<StubService> bound = new ArrayList<>();
            try {
                for (String host : hosts) {
                    bound.add(new StubService(host, bound.isEmpty() ? 0 : bound.get(0).port));
                }
                return bound;
            } catch (ChannelBindException taken) {
                bound.forEach(StubService::stop);
            }
        }
    }

    /** @param port 0 for any free one */
    private StubService(String host, int port) {
        this.host = host;
        this.server = bind(port);
        this.port = server.port();
    }

    String address() {
        return "http://" + authority();
    }

    String authority() {
        return host + ":" + port;
    }

    /** As session ids name the node. */
    String tag() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(address().getBytes());
            return Base64.getUrlEncoder().encodeToString(hash).substring(0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    int port() {
        return port;
    }

    void stop() {
        server.disposeNow(Duration.ofSeconds(5));
        sockets.forEach(Connection::dispose);
        sockets.clear();
    }

    /** Breaks all connections, in the middle of whatever they are at. */
    void cut() {
        channels.forEach(Channel::close);
        channels.clear();
    }

    void restart() {
        server = bind(port);
    }

    void reset() {
        received.clear();
        answer = OK;
        vapidPublicKey = null;
        streaming = null;
        ready = true;
        healthPath = "/actuator/health/readiness";
        draining = false;
        subprotocol = null;
        handshakeHeaders = List.of();
    }

    private DisposableServer bind(int onPort) {
        return HttpServer.create().host(host).port(onPort).handle(this::handle).bindNow();
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        request.withConnection(connection -> channels.add(connection.channel()));
        if (request.uri().equals(healthPath)) {
            return response.status(ready ? 200 : 503).send();
        }
        if (request.uri().equals("/internal/platform/push-config")) {
            return vapidPublicKey == null
                    ? StubAnswers.problem(response, 503, "service.unavailable")
                    : StubAnswers.json(response, Map.of("vapidPublicKey", vapidPublicKey));
        }
        if (draining && !request.uri().contains("sid=")) {
            return response.status(503).header("Retry-After", "9").send();
        }
        if ("websocket".equals(request.requestHeaders().get("Upgrade"))) {
            received.add(new Received(
                    "WEBSOCKET", request.uri(), request.requestHeaders().copy(), ""));
            if (request.uri().contains("refused")) {
                return response.status(429).header("Retry-After", "7").send();
            }
            handshakeHeaders.forEach(line -> {
                int colon = line.indexOf(':');
                response.addHeader(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            });
            // The server itself would choose among what is offered only.
            if (subprotocol != null) {
                response.addHeader("Sec-WebSocket-Protocol", subprotocol);
            }
            return response.sendWebsocket((in, out) -> {
                in.withConnection(sockets::add);
                if (request.uri().contains("flood")) {
                    return out.sendString(Flux.generate(messages -> messages.next("x".repeat(16 * 1024))));
                }
                return out.sendObject(in.receiveFrames().map(WebSocketFrame::retain));
            });
        }
        if (streaming != null) {
            return streaming.apply(request, response);
        }
        HttpHeaders headers = request.requestHeaders().copy();
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap(body -> {
            Received whole = new Received(request.method().name(), request.uri(), headers, body);
            received.add(whole);
            return Mono.from(answer.to(whole, response));
        });
    }
}
