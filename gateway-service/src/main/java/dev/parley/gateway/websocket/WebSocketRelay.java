package dev.parley.gateway.websocket;

import dev.parley.gateway.node.OpenSockets;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Carries messages between the two ends of a socket, in order, each end as fast as the other reads. When one end
 * closes or is lost, so is the other. When the gateway stops, clients are told to connect again: at a random moment of a
 * window, as together they would fall upon the others.
 */
@Component
final class WebSocketRelay implements SmartLifecycle {

    /** How long an end may take to answer a close before it is cut. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final OpenSockets sockets;
    private final Duration drainWindow;
    private volatile Sinks.Empty<Void> stopping = Sinks.empty();
    private volatile boolean running;

    WebSocketRelay(OpenSockets sockets, WebSocketSettings settings) {
        this.sockets = sockets;
        this.drainWindow = settings.drainWindow();
    }

    /**
     * Completes when both ends are closed; never fails.
     *
     * @param node host and port of the node
     */
    Mono<Void> between(WebSocketSession client, WebSocketSession service, String node) {
        Mono<Void> inward = pass(client, service, CloseStatus.GOING_AWAY);
        Mono<Void> outward = pass(service, client, CloseStatus.SERVICE_RESTARTED);
        Mono<Void> stopped = stopping.asMono()
                .then(Mono.defer(this::moment))
                .then(close(client, CloseStatus.SERVICE_RESTARTED))
                .then(close(service, CloseStatus.GOING_AWAY));
        return Mono.firstWithSignal(Mono.when(inward, outward), stopped)
                .doOnSubscribe(subscribed -> sockets.opened(node))
                .doFinally(ended -> sockets.closed(node));
    }

    private Mono<Long> moment() {
        long window = drainWindow.toMillis();
        return window == 0
                ? Mono.empty()
                : Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextLong(window)));
    }

    private static Mono<Void> pass(WebSocketSession from, WebSocketSession to, CloseStatus whenLost) {
        return to.send(from.receive().doOnNext(WebSocketMessage::retain))
                .then(Mono.defer(() -> closeStatus(from, whenLost)))
                .onErrorResume(broken -> close(from, reason(broken)).thenReturn(whenLost))
                .flatMap(status -> close(to, status));
    }

    private static Mono<CloseStatus> closeStatus(WebSocketSession session, CloseStatus whenLost) {
        return session.closeStatus()
                .filter(WebSocketRelay::maySend)
                .defaultIfEmpty(whenLost)
                .timeout(CLOSE_TIMEOUT, Mono.just(whenLost));
    }

    /** RFC 6455, section 7.4.1: these stand for the lack of a status and never travel. */
    private static boolean maySend(CloseStatus status) {
        int code = status.getCode();
        return code != 1004 && code != 1005 && code != 1006 && code != 1015;
    }

    private static CloseStatus reason(Throwable broken) {
        boolean tooLong = broken instanceof TooLongFrameException || broken instanceof CorruptedFrameException;
        return tooLong ? CloseStatus.TOO_BIG_TO_PROCESS : CloseStatus.GOING_AWAY;
    }

    private static Mono<Void> close(WebSocketSession session, CloseStatus status) {
        // Goes on when the other end closes meanwhile: a cancelled one takes its frame back unwritten.
        return Mono.fromFuture(
                () -> session.close(status)
                        .timeout(CLOSE_TIMEOUT)
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

    /** Before the server stops: it would wait for the open sockets. */
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
