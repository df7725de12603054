package dev.parley.gateway.connection;

import dev.parley.gateway.limit.BodyLimits.BodyLimit;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of a client that sends a request too slowly, however it spreads the bytes. The time for the headers
 * begins with the connection, and with the first byte of each later request. The time for the body is longer than the one
 * that is answered with 408: it ends what nobody reads, such as the body of a request that was refused. Of a file it is the
 * time between two parts.
 *
 * <p>Stands behind the codec, with {@link FirstBytes} before it. Both are of no use once the connection is a WebSocket.
 */
final class RequestTimeouts extends ChannelInboundHandlerAdapter {

    private final Duration head;
    private final Function<HttpRequest, BodyLimit> body;
    private final Duration toAnswer;

    /** Null between two requests: from the end of a body to the first byte that follows. */
    private @Nullable Future<?> running;

    /** Of the file that is coming, how long nothing of it may come; null if none is. */
    private @Nullable Duration idle;

    private long lastCame;

    /** @param toAnswer how much longer than its limit a body may take here */
    RequestTimeouts(Duration head, Function<HttpRequest, BodyLimit> body, Duration toAnswer) {
        this.head = head;
        this.body = body;
        this.toAnswer = toAnswer;
    }

    /** Tells of everything that comes, before it is decoded. */
    final class FirstBytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (running == null) {
                if (isHttp(context)) {
                    start(context, head);
                } else {
                    context.pipeline().remove(this);
                    context.pipeline().remove(RequestTimeouts.this);
                }
            }
            context.fireChannelRead(bytes);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        start(context, head);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            stop();
            BodyLimit limit = body.apply(request);
            Duration time = limit.time().plus(toAnswer);
            idle = limit.isFile() ? time : null;
            start(context, time);
        }
        lastCame = System.nanoTime();
        if (message instanceof LastHttpContent) {
            stop();
        }
        context.fireChannelRead(message);
    }

    private void start(ChannelHandlerContext context, Duration timeout) {
        running = context.executor().schedule(() -> expire(context), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        Future<?> timeout = running;
        if (timeout != null) {
            timeout.cancel(false);
        }
        running = null;
        idle = null;
    }

    private void expire(ChannelHandlerContext context) {
        running = null;
        if (!isHttp(context)) {
            return;
        }
        Duration left = idle == null ? Duration.ZERO : idle.minusNanos(System.nanoTime() - lastCame);
        if (left.isZero() || left.isNegative()) {
            context.close();
        } else {
            start(context, left);
        }
    }

    private static boolean isHttp(ChannelHandlerContext context) {
        return context.pipeline().get(HttpServerCodec.class) != null;
    }
}
