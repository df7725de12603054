package dev.parley.notification.webpush;

import dev.parley.notification.provider.Batch;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushProvider;
import dev.parley.notification.provider.PushRequest;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.fetch.PublicEndpoint;
import dev.parley.platform.fetch.PublicEndpoints;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends pushes to the push services of browsers (RFC 8030). Users name the services. So each is looked up and checked at each push, the connection
 * goes to the very address that was checked, no redirect is followed, and an answer is read up to a bound. A service that is away says
 * nothing about the others: its pushes are to be tried again.
 */
@Component
final class WebPush implements PushProvider, DisposableBean {

    private static final int MAX_BATCH = 100;

    /** Pushes that wait for a thread; those of a few batches. */
    private static final int MAX_WAITING = 10_000;

    /** Bytes. Nothing in an answer's body is used. */
    private static final int MAX_ANSWER = 8_192;

    /** Connections that rest for longer are given up, and what is known of services that nobody asks for. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final WebPushSettings settings;
    private final VapidKeys keys;
    private final VapidTokens tokens;
    private final PublicEndpoints endpoints;
    private final JsonMapper json;
    private final ConnectionProvider connections;
    private final Scheduler threads;
    private final HttpClient plain;
    private final HttpClient secure;

    private record Prepared(PublicEndpoint endpoint, String authorization, byte[] body) {}

    WebPush(WebPushSettings settings, VapidKeys keys, PublicEndpoints endpoints, JsonMapper json) {
        this.settings = settings;
        this.keys = keys;
        this.tokens = new VapidTokens(settings);
        this.endpoints = endpoints;
        this.json = json;
        this.threads = Schedulers.newBoundedElastic(settings.threads(), MAX_WAITING, "web-push");
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

    @Override
    public ProviderName name() {
        return ProviderName.WEB_PUSH;
    }

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public Mono<List<PushOutcome>> send(List<PushRequest> pushes) {
        return keys.current()
                .flatMap(pair -> Batch.sendToMany(
                        pushes, settings.maxConcurrent(), settings.timeout(), push -> send(push, pair)));
    }

    private Mono<PushOutcome> send(PushRequest push, VapidKeyPair pair) {
        return Mono.fromCallable(() -> prepare(push, pair))
                .subscribeOn(threads)
                .flatMap(prepared -> post(push, prepared))
                .onErrorResume(WebPush::notSent);
    }

    private Prepared prepare(PushRequest push, VapidKeyPair pair) throws UnknownHostException {
        PublicEndpoint endpoint = endpoints.find(push.address().token());
        return new Prepared(endpoint, tokens.authorization(pair, endpoint.uri()), WebPushMessage.encrypt(push, json));
    }

    private Mono<PushOutcome> post(PushRequest push, Prepared prepared) {
        HttpClient client = prepared.endpoint().isSecure() ? secure : plain;
        return client.remoteAddress(() -> prepared.endpoint().at())
                .headers(headers -> headers.set("Authorization", prepared.authorization())
                        .set("TTL", push.timeToLive().toSeconds())
                        .set("Urgency", urgency(push))
                        .set("Topic", WebPushMessage.topic(push.content().tag()))
                        .set("Content-Encoding", "aes128gcm")
                        .set("Content-Type", "application/octet-stream")
                        .set("Content-Length", prepared.body().length))
                .post()
                .uri(pathAndQuery(prepared.endpoint()))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(prepared.body())))
                .response(this::answered)
                .next();
    }

    /** A withdrawal shows nothing, so it can wait until the device wakes anyway. */
    private static String urgency(PushRequest push) {
        return push.urgent() ? "high" : push.content().silent() ? "low" : "normal";
    }

    private static String pathAndQuery(PublicEndpoint endpoint) {
        String path = endpoint.uri().getRawPath();
        String query = endpoint.uri().getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    private Flux<PushOutcome> answered(HttpClientResponse response, ByteBufFlux content) {
        PushOutcome outcome = WebPushAnswer.of(response.status().code(), response.responseHeaders(), Instant.now());
        return content.map(ByteBuf::readableBytes)
                .scan(0, Integer::sum)
                // A longer answer costs its connection.
                .takeWhile(total -> total <= MAX_ANSWER)
                .thenMany(Flux.just(outcome));
    }

    private static Mono<PushOutcome> notSent(Throwable failure) {
        if (failure instanceof ApiException) {
            return Mono.just(new PushOutcome.Refused("endpoint not allowed"));
        }
        if (failure instanceof IllegalArgumentException) {
            return Mono.just(new PushOutcome.TokenGone("keys of no use"));
        }
        return Mono.just(new PushOutcome.Retry(
                failure instanceof RejectedExecutionException ? "too busy" : "unreachable", null));
    }

    @Override
    public void destroy() {
        threads.dispose();
        connections.dispose();
    }
}
