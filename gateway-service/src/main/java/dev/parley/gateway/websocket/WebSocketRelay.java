package dev.parley.gateway.websocket;

import dev.parley.gateway.node.OpenSockets;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Carries messages between the two ends of a socket, in order, and reads from one end only as fast as the other end reads.
 * When one end closes or is lost, the other is closed. When the gateway stops, it closes the sockets of its clients at
 * random moments of a window, so that they do not all connect to the other gateways at once.
 */
@Component
final class WebSocketRelay implements SmartLifecycle {

    private final OpenSockets sockets;
    private final SocketMetrics metrics;
    private final Duration drainWindow;
    private final Duration closeTimeout;
    private volatile Sinks.Empty<Void> stopping = Sinks.empty();
    private volatile boolean running;

    WebSocketRelay(OpenSockets sockets, SocketMetrics metrics, WebSocketSettings settings) {
        this.sockets = sockets;
        this.metrics = metrics;
        this.drainWindow = settings.drainWindow();
        this.closeTimeout = settings.closeTimeout();
    }

    /**
     * Completes when both ends are closed; never fails.
     *
     * @param node host and port of the node
     */
    Mono<Void> between(WebSocketSession client, WebSocketSession service, String node) {
        Mono<Void> inward = pass(client, service, metrics.nodes(), CloseStatus.GOING_AWAY);
        Mono<Void> outward = pass(service, client, metrics.clients(), CloseStatus.SERVICE_RESTARTED);
        Mono<Void> stopped = stopping.asMono()
                .then(Mono.defer(this::randomMoment))
                .then(close(client, CloseStatus.SERVICE_RESTARTED))
                .then(close(service, CloseStatus.GOING_AWAY));
        return Mono.firstWithSignal(Mono.when(inward, outward), stopped)
                .doOnSubscribe(subscribed -> sockets.opened(node))
                .doFinally(ended -> sockets.closed(node));
    }

    private Mono<Long> randomMoment() {
        long window = drainWindow.toMillis();
        return window == 0
                ? Mono.empty()
                : Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextLong(window)));
    }

    private Mono<Void> pass(WebSocketSession from, WebSocketSession to, SocketMetrics.End end, CloseStatus whenLost) {
        return to.send(from.receive().doOnNext(message -> {
                    end.passed(message.getPayload().readableByteCount());
                    message.retain();
                }))
                .then(Mono.defer(() -> closeStatus(from, whenLost)))
                .onErrorResume(broken -> close(from, reason(broken)).thenReturn(whenLost))
                .flatMap(status -> close(to, status));
    }

    private Mono<CloseStatus> closeStatus(WebSocketSession session, CloseStatus whenLost) {
        return session.closeStatus()
                .filter(WebSocketRelay::maySend)
                .defaultIfEmpty(whenLost)
                .timeout(closeTimeout, Mono.just(whenLost));
    }

    /** Whether a status may be sent: some only say that there is none (RFC 6455, section 7.4.1). */
    private static boolean maySend(CloseStatus status) {
        int code = status.getCode();
        return code != 1004 && code != 1005 && code != 1006 && code != 1015;
    }

    private static CloseStatus reason(Throwable broken) {
        boolean tooLong = broken instanceof TooLongFrameException || broken instanceof CorruptedFrameException;
        return tooLong ? CloseStatus.TOO_BIG_TO_PROCESS : CloseStatus.GOING_AWAY;
    }

    private Mono<Void> close(WebSocketSession session, CloseStatus status) {
        // Not cancelled when the other end closes meanwhile: then the close frame would not be written.
        return Mono.fromFuture(
                () -> session.close(status)
                        .timeout(closeTimeout)
                        .onErrorComplete()
                        .toFuture(),
                true);
    }

    @Override
    public void start() {
        stopping = Sinks.empty();
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    /** Called before the server stops, which would wait for the open sockets. */
    @Override
    public void stop(Runnable stopped) {
        running = false;
        boolean idle = sockets.areNone();
        stopping.tryEmitEmpty();
        if (idle || drainWindow.isZero()) {
            stopped.run();
        } else {
            Mono.delay(drainWindow).subscribe(over -> stopped.run());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
