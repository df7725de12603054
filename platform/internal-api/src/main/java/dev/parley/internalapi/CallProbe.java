package dev.parley.internalapi;

import dev.parley.internalapi.InternalCall.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/** Watches the HTTP calls of one connection, without changing them, and has those of internal endpoints checked. */
public final class CallProbe extends ChannelDuplexHandler {

    /**
     * A header by which a stub says of an answer that it differs from the schema on purpose, such as that of a later version. Such
     * an answer is not checked.
     */
    public static final String DEVIATES = "X-Deviates-From-Schema";

    private static final String NAME = "internal-api";

    private static final class Exchange {
        private final HttpRequest request;
        private final boolean internal;
        private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
        private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
        private @Nullable HttpResponse response;

        private Exchange(HttpRequest request) {
            this.request = request;
            this.internal = request.uri().startsWith(InternalApi.PATHS);
        }

        private void add(ByteArrayOutputStream body, Object message) {
            if (internal && message instanceof HttpContent content) {
                body.writeBytes(ByteBufUtil.getBytes(content.content()));
            } else if (internal && message instanceof ByteBuf bytes) {
                body.writeBytes(ByteBufUtil.getBytes(bytes));
            }
        }
    }

    private final Side side;
    private final InternalApiChecks checks;

    /** The answers come in the order of the requests. */
    private final Deque<Exchange> open = new ArrayDeque<>();

    private CallProbe(Side side, InternalApiChecks checks) {
        this.side = side;
        this.checks = checks;
    }

    /** Watches a connection whose codec is there. */
    public static void install(Side side, Channel channel) {
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, new CallProbe(side, InternalApiChecks.shared()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (side == Side.OWNER) {
            asked(message);
        } else {
            answered(message);
        }
        super.channelRead(context, message);
        if (message instanceof HttpRequest request && request.headers().contains(HttpHeaderNames.UPGRADE)) {
            context.pipeline().remove(this);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (side == Side.OWNER) {
            answered(message);
        } else {
            asked(message);
        }
        super.write(context, message, promise);
    }

    private void asked(Object message) {
        if (message instanceof HttpRequest request) {
            open.add(new Exchange(request));
        }
        Exchange last = open.peekLast();
        if (last != null) {
            last.add(last.asked, message);
        }
    }

    private void answered(Object message) {
        Exchange first = open.peek();
        if (first == null) {
            return;
        }
        if (message instanceof HttpResponse response) {
            if (response.status().equals(HttpResponseStatus.CONTINUE)) {
                return;
            }
            first.response = response;
        }
        first.add(first.answered, message);
        if (message instanceof LastHttpContent) {
            open.remove();
            end(first);
        }
    }

    private void end(Exchange exchange) {
        HttpResponse response = exchange.response;
        if (exchange.internal && response != null && !response.headers().contains(DEVIATES)) {
            checks.check(
                    side,
                    new InternalCall(
                            exchange.request.method().name(),
                            exchange.request.uri(),
                            exchange.asked.toString(StandardCharsets.UTF_8),
                            response.status().code(),
                            response.headers().get(HttpHeaderNames.CONTENT_TYPE),
                            exchange.answered.toString(StandardCharsets.UTF_8)));
        }
    }
}
