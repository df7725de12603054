package dev.parley.platform.direct;

import dev.parley.platform.deadline.Deadline;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.security.BearerToken;
import dev.parley.platform.trace.TraceSpan;
import dev.parley.platform.trace.Tracing;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The calling side: for the routes of another service that are {@link DirectRoutes direct}. */
public final class DirectClient {

    /** Gives the failure that another service meant by its answer. */
    public interface Refusals {

        /** @param retryAfter the header; null if there is none */
        ApiException of(HttpStatusCode status, JsonNode problem, @Nullable String retryAfter);
    }

    static final String BEARER = "Bearer ";

    private static final Logger log = LoggerFactory.getLogger(DirectClient.class);

    private final HttpClient http;
    private final JsonMapper json;
    private final Refusals refusals;
    private final long maxAnswer;
    private final Duration timeout;
    private final Tracing tracing;

    /**
     * @param http with the address of the service
     * @param maxAnswer bytes; a longer answer, or one that does not state its length, is not read
     * @param timeout how long to wait for the answer; less where the request for which it is called has a deadline
     */
    public DirectClient(
            HttpClient http, JsonMapper json, Refusals refusals, long maxAnswer, Duration timeout, Tracing tracing) {
        this.tracing = tracing;
        this.timeout = timeout;
        this.maxAnswer = maxAnswer;
        this.http = http;
        this.json = json;
        this.refusals = refusals;
    }

    /**
     * Posts in the name of a token's bearer.
     *
     * @param path encoded
     * @return the answer, a missing node if it is empty; fails as the other service meant, and with
     *     {@link PlatformError#UNAVAILABLE} where it does not answer in time
     */
    public Mono<JsonNode> post(BearerToken token, String path, JsonNode body) {
        return Mono.deferContextual(context -> {
                    TraceSpan span = tracing.calling(HttpMethod.POST.name(), TraceSpan.of(context));
                    byte[] bytes = json.writeValueAsBytes(body);
                    return span.around(post(token, path, bytes, Deadline.left(context, timeout), span.header()));
                })
                .onErrorMap(failure -> !(failure instanceof ApiException), DirectClient::unanswered);
    }

    private Mono<JsonNode> post(BearerToken token, String path, byte[] body, Duration left, @Nullable String trace) {
        return http.headers(headers -> {
                    headers.set(HttpHeaderNames.AUTHORIZATION, BEARER + token.value())
                            .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                            .set(Deadline.HEADER, Deadline.passedOn(left));
                    if (trace != null) {
                        headers.set(TraceSpan.HEADER, trace);
                    }
                })
                .responseTimeout(left)
                .post()
                .uri(path)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseSingle((response, content) -> isBounded(response)
                        ? content.asByteArray().defaultIfEmpty(new byte[0]).map(answer -> read(response, answer))
                        : Mono.error(() -> new IllegalStateException("The answer is too long")));
    }

    private boolean isBounded(HttpClientResponse response) {
        String length = response.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && Long.parseLong(length) <= maxAnswer;
    }

    private JsonNode read(HttpClientResponse response, byte[] answer) {
        JsonNode body = answer.length == 0 ? MissingNode.getInstance() : json.readTree(answer);
        HttpStatusCode status = HttpStatusCode.valueOf(response.status().code());
        if (status.isError()) {
            throw refusals.of(status, body, response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER));
        }
        return body;
    }

    private static ApiException unanswered(Throwable failure) {
        log.warn("A dependency did not answer: {}", failure.toString());
        return ApiException.of(PlatformError.UNAVAILABLE, "A dependency did not answer: try again");
    }
}
