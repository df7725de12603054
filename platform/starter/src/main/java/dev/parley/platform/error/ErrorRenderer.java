package dev.parley.platform.error;

import dev.parley.platform.request.RequestId;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The one place where a failed request becomes bytes. */
public final class ErrorRenderer {

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
        if (error.retryAfter() != null) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, error.retryAfter().toSeconds())));
        }
        String instance = exchange.getRequest().getPath().value();
        Problem problem = Problem.of(error, instance, RequestId.of(exchange));
        DataBuffer body = response.bufferFactory().wrap(json.writeValueAsBytes(problem));
        headers.setContentLength(body.readableByteCount());
        return response.writeWith(Mono.just(body));
    }
}
