package dev.parley.notification.webpush;

import dev.parley.notification.provider.Batch;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushProvider;
import dev.parley.notification.provider.PushRequest;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.fetch.PublicEndpoint;
import dev.parley.platform.fetch.PublicEndpoints;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends pushes to the push services of browsers (RFC 8030). Users name the services. So each is looked up and checked at each push, and the connection
 * goes to the very address that was checked. A service that is away says nothing about the others: its pushes are to be tried again.
 */
@Component
final class WebPush implements PushProvider, DisposableBean {

    private static final int MAX_BATCH = 100;

    /** Pushes that wait to be encrypted; those of a few batches. */
    private static final int MAX_WAITING = 10_000;

    private final WebPushSettings settings;
    private final VapidKeys keys;
    private final VapidTokens tokens;
    private final PublicEndpoints endpoints;
    private final JsonMapper json;
    private final RestingServices resting;
    private final WebPushClient client;
    private final Scheduler threads;

    private record Encrypted(String authorization, byte[] body) {}

    WebPush(WebPushSettings settings, VapidKeys keys, PublicEndpoints endpoints, JsonMapper json) {
        this.settings = settings;
        this.keys = keys;
        this.tokens = new VapidTokens(settings);
        this.endpoints = endpoints;
        this.json = json;
        this.resting = new RestingServices(settings.rest());
        this.client = new WebPushClient(settings);
        this.threads = Schedulers.newBoundedElastic(settings.threads(), MAX_WAITING, "web-push");
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
        return endpoints
                .find(push.address().token())
                .flatMap(endpoint -> resting.rests(endpoint.at().getAddress())
                        ? Mono.just(new PushOutcome.Retry("service rests", settings.rest()))
                        : encrypted(push, pair, endpoint).flatMap(encrypted -> post(push, endpoint, encrypted)))
                .onErrorResume(WebPush::notSent);
    }

    private Mono<Encrypted> encrypted(PushRequest push, VapidKeyPair pair, PublicEndpoint endpoint) {
        return Mono.fromCallable(() ->
                        new Encrypted(tokens.authorization(pair, endpoint.uri()), WebPushMessage.encrypt(push, json)))
                .subscribeOn(threads);
    }

    private Mono<PushOutcome> post(PushRequest push, PublicEndpoint endpoint, Encrypted encrypted) {
        InetAddress service = endpoint.at().getAddress();
        return client.post(endpoint, encrypted.body(), headers -> describe(push, encrypted, headers))
                .doOnNext(answer -> resting.answered(service))
                .doOnError(failure -> resting.failed(service));
    }

    private static void describe(PushRequest push, Encrypted encrypted, HttpHeaders headers) {
        headers.set("Authorization", encrypted.authorization())
                .set("TTL", push.timeToLive().toSeconds())
                .set("Urgency", urgency(push))
                .set("Topic", WebPushMessage.topic(push.content().tag()))
                .set("Content-Encoding", "aes128gcm")
                .set("Content-Type", "application/octet-stream");
    }

    private static String urgency(PushRequest push) {
        return push.urgent() ? "high" : "low";
    }

    private static Mono<PushOutcome> notSent(Throwable failure) {
        if (failure instanceof ApiException) {
            return Mono.just(new PushOutcome.Refused("endpoint not allowed"));
        }
        if (failure instanceof KeysOfNoUseException) {
            return Mono.just(new PushOutcome.TokenGone("keys of no use"));
        }
        if (failure instanceof TimeoutException) {
            return Mono.just(new PushOutcome.Retry("timeout", null));
        }
        return Mono.just(new PushOutcome.Retry(
                failure instanceof RejectedExecutionException ? "too busy" : "unreachable", null));
    }

    @Override
    public void destroy() {
        threads.dispose();
        client.close();
    }
}
