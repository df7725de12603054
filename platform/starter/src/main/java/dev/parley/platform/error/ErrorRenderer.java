package dev.parley.platform.error;

import dev.parley.platform.request.RequestId;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The one place where a failed request becomes bytes. */
public final class ErrorRenderer {

    /** The refusals that do not wait for a request's body. */
    private static final Set<HttpStatus> BEFORE_THE_BODY =
            Set.of(HttpStatus.UNAUTHORIZED, HttpStatus.CONTENT_TOO_LARGE, HttpStatus.TOO_MANY_REQUESTS);

    private final JsonMapper json;

    public ErrorRenderer(JsonMapper json) {
        this.json = json;
    }

    /** Writes the error as {@code application/problem+json}. Does nothing if the response has begun. */
    public Mono<Void> render(ServerWebExchange exchange, ApiException error) {
        ServerHttpResponse response = exchange.getResponse();
        if (!response.setStatusCode(error.code().status())) {
            return Mono.empty();
        }
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (error.code().status().value() == 401) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (BEFORE_THE_BODY.contains(error.code().status())
                && hasBody(exchange.getRequest().getHeaders())) {
            // Whatever is left of the body must not be taken for another request.
            headers.set(HttpHeaders.CONNECTION, "close");
        }
        if (error.retryAfter() != null) {
            headers.set(HttpHeaders.RETRY_AFTER, seconds(error.retryAfter()));
        }
        String instance = exchange.getRequest().getPath().value();
        DataBuffer body = response.bufferFactory().wrap(problem(error, instance, RequestId.of(exchange)));
        headers.setContentLength(body.readableByteCount());
        return response.writeWith(Mono.just(body));
    }

    /** The body alone: problem details as JSON. @param instance the path of the request */
    public byte[] problem(ApiException error, String instance, @Nullable String traceId) {
        return json.writeValueAsBytes(Problem.of(error, instance, traceId));
    }

    /** The value of {@code Retry-After}: at least one. */
    public static String seconds(Duration retryAfter) {
        return Long.toString(Math.max(1, retryAfter.toSeconds()));
    }

    private static boolean hasBody(HttpHeaders request) {
        return request.getContentLength() > 0 || request.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }
}
