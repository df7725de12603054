package dev.parley.notification.webpush;

import dev.parley.notification.provider.PushOutcome;
import dev.parley.platform.fetch.PublicEndpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends what is encrypted to push services: to the very address that was checked, without following redirects, and reading of an answer no more than
 * a bound.
 */
final class WebPushClient {

    /** Requests to one service that wait for a connection; those of a few batches. */
    private static final int MAX_WAITING = 1_000;

    /** Bytes. Nothing in an answer's body is used. */
    private static final int MAX_ANSWER = 8_192;

    /** Connections that rest for longer are given up, and so is what is known of services that nobody asks for. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Duration answerTimeout;
    private final ConnectionProvider connections;
    private final HttpClient plain;
    private final HttpClient secure;

    WebPushClient(WebPushSettings settings) {
        this.answerTimeout = settings.answerTimeout();
        this.connections = ConnectionProvider.builder("web-push")
                .maxConnections(settings.maxConnections())
                .pendingAcquireMaxCount(MAX_WAITING)
                .pendingAcquireTimeout(settings.timeout())
                .maxIdleTime(IDLE)
                .evictInBackground(IDLE)
                .disposeInactivePoolsInBackground(IDLE, IDLE)
                .build();
        this.plain = HttpClient.create(connections)
                .headers(headers -> headers.set("User-Agent", "Parley"))
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()));
        this.secure = plain.secure();
    }

    /** @return fails if there is no answer, with {@link java.util.concurrent.TimeoutException} if there is none in time */
    Mono<PushOutcome> post(PublicEndpoint endpoint, byte[] body, Consumer<HttpHeaders> headers) {
        HttpClient client = endpoint.isSecure() ? secure : plain;
        return client.remoteAddress(endpoint::at)
                .headers(headers.andThen(all -> all.set("Content-Length", body.length)))
                .post()
                .uri(endpoint.pathAndQuery())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .response(WebPushClient::answered)
                .next()
                .timeout(answerTimeout);
    }

    private static Flux<PushOutcome> answered(HttpClientResponse response, ByteBufFlux content) {
        PushOutcome outcome = WebPushAnswer.of(response.status().code(), response.responseHeaders(), Instant.now());
        return content.map(ByteBuf::readableBytes)
                .scan(0, Integer::sum)
                // A longer answer costs its connection.
                .takeWhile(total -> total <= MAX_ANSWER)
                .thenMany(Flux.just(outcome));
    }

    void close() {
        connections.dispose();
    }
}
