package dev.parley.platform.surface;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.id.Ids;
import dev.parley.platform.request.RequestId;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request that the server cannot even read, such as one with {@code %zz} in its address or with headers that are
 * too large, in the form of the surface that owns its path. Such a request reaches no filter: the server answers it by
 * itself, without a body, and closes the connection. Here the answer gets its body. Stands behind the codec.
 */
final class UnreadableRequests extends ChannelDuplexHandler {

    private static final int MAX_SHOWN = 200;

    private final ErrorRenderer errors;
    private final RefusalLimit limit;

    /** The path of a request that could not be read; null before there was one. It is the last of its connection. */
    private @Nullable String unreadablePath;

    UnreadableRequests(ErrorRenderer errors, RefusalLimit limit) {
        this.errors = errors;
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (request.decoderResult().isSuccess()) {
                checkAddress(request);
            }
            if (request.decoderResult().isFailure()) {
                unreadablePath = pathOf(request.uri());
            }
        } else if (!(message instanceof HttpObject)) {
            // It is a socket now.
            context.pipeline().remove(this);
        }
        context.fireChannelRead(message);
    }

    /** Spring would answer it with 400 and nothing else. */
    private static void checkAddress(HttpRequest request) {
        try {
            new URI(request.uri().startsWith("/") ? "http://host" + request.uri() : request.uri());
        } catch (URISyntaxException malformed) {
            request.setDecoderResult(DecoderResult.failure(malformed));
        }
    }

    private static String pathOf(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        return path.substring(0, Math.min(path.length(), MAX_SHOWN));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        String path = unreadablePath;
        if (path != null && message instanceof FullHttpResponse answer && refusesToRead(answer.status())) {
            answer.release();
            context.write(answer(context, path, refusal(answer.status())), promise);
        } else {
            context.write(message, promise);
        }
    }

    private static boolean refusesToRead(HttpResponseStatus status) {
        return status.equals(HttpResponseStatus.BAD_REQUEST)
                || status.equals(HttpResponseStatus.REQUEST_URI_TOO_LONG)
                || status.equals(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);
    }

    private static ApiException refusal(HttpResponseStatus status) {
        return status.equals(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
                ? ApiException.of(PlatformError.HEADERS_TOO_LARGE, "The headers are larger than this server accepts")
                : ApiException.of(PlatformError.MALFORMED_REQUEST, "The request cannot be read");
    }

    private FullHttpResponse answer(ChannelHandlerContext context, String path, ApiException reason) {
        ApiException refusal = limit.count((InetSocketAddress) context.channel().remoteAddress())
                .orElse(reason);
        String traceId = Ids.next();
        ErrorRenderer.Rendered rendered = errors.render(refusal, new FailedRequest(path, traceId));
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(rendered.status().value()),
                Unpooled.wrappedBuffer(rendered.body()));
        rendered.headers().forEach((name, values) -> answer.headers().add(name, values));
        answer.headers()
                .set(RequestId.HEADER, traceId)
                .set(HttpHeaderNames.CONTENT_LENGTH, rendered.body().length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return answer;
    }
}
