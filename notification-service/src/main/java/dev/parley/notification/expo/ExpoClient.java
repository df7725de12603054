package dev.parley.notification.expo;

import dev.parley.notification.provider.ProviderUnavailableException;
import dev.parley.notification.provider.RetryAfter;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Posts to Expo's push service. */
@Component
final class ExpoClient implements DisposableBean {

    private static final int MAX_WAITING = 1_000;

    /** Bytes of an answer: a thousand receipts with errors. */
    private static final int MAX_ANSWER = 2_000_000;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;

    private final ExpoSettings settings;
    private final JsonMapper json;
    private final ConnectionProvider connections;
    private final HttpClient http;

    /** Expo will never take this request. */
    static final class RefusedRequestException extends RuntimeException {

        RefusedRequestException(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    ExpoClient(ExpoSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
        this.connections = ConnectionProvider.builder("expo")
                .maxConnections(settings.maxConnections())
                .pendingAcquireMaxCount(MAX_WAITING)
                .pendingAcquireTimeout(settings.timeout())
                .maxIdleTime(Duration.ofSeconds(30))
                .build();
        this.http = HttpClient.create(connections)
                .headers(headers -> {
                    headers.set("User-Agent", "Parley")
                            .set("Accept", "application/json")
                            .set("Content-Type", "application/json");
                    if (!settings.accessToken().isEmpty()) {
                        headers.set("Authorization", "Bearer " + settings.accessToken());
                    }
                })
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()));
    }

    /**
     * @param gzipped whether the body is compressed
     * @return fails with {@link RefusedRequestException}, or with anything else if Expo is away
     */
    Mono<JsonNode> post(String path, byte[] body, boolean gzipped) {
        return http.headers(headers -> {
                    headers.set("Content-Length", body.length);
                    if (gzipped) {
                        headers.set("Content-Encoding", "gzip");
                    }
                })
                .post()
                .uri(settings.url() + path)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .response(this::answered)
                .next()
                .timeout(settings.timeout());
    }

    private Mono<JsonNode> answered(HttpClientResponse answer, ByteBufFlux content) {
        int status = answer.status().code();
        return content.asByteArray()
                .collect(ByteArrayOutputStream::new, (all, bytes) -> {
                    if (all.size() + bytes.length > MAX_ANSWER) {
                        throw new ProviderUnavailableException("The answer is too long", null);
                    }
                    all.writeBytes(bytes);
                })
                .map(all -> read(status, answer, all.toByteArray()));
    }

    private JsonNode read(int status, HttpClientResponse answer, byte[] body) {
        if (status == TOO_MANY_REQUESTS || status >= 500) {
            throw new ProviderUnavailableException(
                    "status " + status, RetryAfter.read(answer.responseHeaders().get("Retry-After"), Instant.now()));
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            // The sender is refused, not the push.
            throw new ProviderUnavailableException("status " + status, null);
        }
        if (status != 200) {
            throw new RefusedRequestException("status " + status + " " + error(body));
        }
        return json.readTree(body);
    }

    /** The code of the first error of a refused request; nothing of what was sent. */
    private String error(byte[] body) {
        try {
            return json.readTree(body).path("errors").path(0).path("code").asString("");
        } catch (JacksonException noJson) {
            return "";
        }
    }

    @Override
    public void destroy() {
        connections.dispose();
    }
}
