package dev.parley.platform.surface;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.request.RequestHead;
import dev.parley.platform.request.RequestId;
import java.time.Duration;
import java.util.Set;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The one place where a failed request becomes bytes, in the form of the surface that owns its path. */
public final class ErrorRenderer {

    /**
     * An answer as it is sent.
     *
     * @param headers without the length
     */
    public record Rendered(HttpStatusCode status, HttpHeaders headers, byte[] body) {}

    /** The refusals that do not wait for a request's body. */
    private static final Set<HttpStatusCode> BEFORE_THE_BODY = Set.of(
            HttpStatus.UNAUTHORIZED,
            HttpStatus.REQUEST_TIMEOUT,
            HttpStatus.CONTENT_TOO_LARGE,
            HttpStatus.TOO_MANY_REQUESTS,
            HttpStatus.INSUFFICIENT_STORAGE);

    private final Surfaces surfaces;
    private final JsonMapper json;

    public ErrorRenderer(Surfaces surfaces, JsonMapper json) {
        this.surfaces = surfaces;
        this.json = json;
    }

    /** Answers the request with the error. Does nothing if the response has begun. */
    public Mono<Void> render(ServerWebExchange exchange, ApiException error) {
        String path = exchange.getRequest().getPath().value();
        Rendered rendered = render(error, new FailedRequest(path, RequestId.of(exchange)));
        ServerHttpResponse response = exchange.getResponse();
        if (!response.setStatusCode(rendered.status())) {
            return Mono.empty();
        }
        HttpHeaders headers = response.getHeaders();
        headers.putAll(rendered.headers());
        if (BEFORE_THE_BODY.contains(rendered.status())
                && RequestHead.hasBody(exchange.getRequest().getHeaders())) {
            // Whatever is left of the body must not be taken for another request.
            headers.set(HttpHeaders.CONNECTION, "close");
        }
        DataBuffer body = response.bufferFactory().wrap(rendered.body());
        headers.setContentLength(body.readableByteCount());
        return response.writeWith(Mono.just(body));
    }

    /** The answer to a request that does not come through WebFlux. */
    public Rendered render(ApiException error, FailedRequest request) {
        FailedRequest logged = error.traceId() == null ? request : new FailedRequest(request.path(), error.traceId());
        ErrorAnswer answer = surfaces.at(request.path()).answer(error, logged);
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(answer.contentType());
        if (answer.status() == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (error.retryAfter() != null) {
            headers.set(HttpHeaders.RETRY_AFTER, seconds(error.retryAfter()));
        }
        return new Rendered(answer.status(), headers, json.writeValueAsBytes(answer.body()));
    }

    /** The value of {@code Retry-After}: at least one. */
    private static String seconds(Duration retryAfter) {
        return Long.toString(Math.max(1, retryAfter.toSeconds()));
    }
}
