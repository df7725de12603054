package dev.parley.presence.engineio;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.WebSocketChannel;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Hands the frames of a WebSocket to its session, and requests a further one when the session has handled one. */
final class WebSocketReader extends BaseSubscriber<WebSocketFrame> {

    private static final int PREFETCH = 16;

    private final EngineIoSession session;
    private final WebSocketChannel webSocket;
    private final Sinks.Empty<Void> done = Sinks.empty();

    WebSocketReader(EngineIoSession session, WebSocketChannel webSocket) {
        this.session = session;
        this.webSocket = webSocket;
    }

    /** Completes when the WebSocket is closed. */
    Mono<Void> done() {
        return done.asMono();
    }

    /**
     * Takes what was received before the connection ended all at once. Otherwise it would wait, in the connection's buffers,
     * for requests from the session's event loop, which come too late when the connection's own loop ends.
     */
    void connectionEnded() {
        requestUnbounded();
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        request(PREFETCH);
    }

    @Override
    protected void hookOnNext(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            if (ByteBufUtil.isText(text.content(), StandardCharsets.UTF_8)) {
                pass(text.text());
            } else {
                refuse();
            }
        } else if (frame instanceof BinaryWebSocketFrame) {
            pass(ByteBufUtil.getBytes(frame.content()));
        } else {
            request(1);
        }
    }

    @Override
    protected void hookOnComplete() {
        ended(CloseReason.CONNECTION_LOST);
    }

    @Override
    protected void hookOnCancel() {
        ended(CloseReason.CONNECTION_LOST);
    }

    @Override
    protected void hookOnError(Throwable error) {
        if (error instanceof TooLongFrameException) {
            ended(CloseReason.TOO_LARGE);
        } else if (error instanceof CorruptedWebSocketFrameException corrupted) {
            boolean tooLarge = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            ended(tooLarge ? CloseReason.TOO_LARGE : CloseReason.PROTOCOL_ERROR);
        } else {
            ended(CloseReason.CONNECTION_LOST);
        }
    }

    private void pass(Object packet) {
        session.inLoop(() -> {
            session.received(webSocket, packet);
            request(1);
        });
    }

    /** A text that is not in UTF-8 (RFC 6455, section 8.1). Nothing that comes after it is read. */
    private void refuse() {
        session.inLoop(() -> session.lost(webSocket, CloseReason.PROTOCOL_ERROR));
    }

    private void ended(CloseReason reason) {
        session.inLoop(() -> session.lost(webSocket, reason));
        done.tryEmitEmpty();
    }
}
