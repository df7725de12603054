package dev.parley.notification.webhook;

import dev.parley.notification.provider.Batch;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.PushData;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushProvider;
import dev.parley.notification.provider.PushRequest;
import dev.parley.notification.provider.RetryAfter;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts pushes to the servers of tenants, each signed. No redirect is followed: what is signed for one server is sent to no other.
 * A server that is away says nothing about those of other tenants, so only its own pushes are tried again.
 */
@Component
final class Webhook implements PushProvider, DisposableBean {

    private static final int MAX_BATCH = 100;
    private static final int MAX_WAITING = 10_000;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;

    private final WebhookSettings settings;
    private final JsonMapper json;
    private final ConnectionProvider connections;
    private final HttpClient http;

    Webhook(WebhookSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
        this.connections = ConnectionProvider.builder("webhook")
                .maxConnections(settings.maxConcurrent())
                .pendingAcquireMaxCount(MAX_WAITING)
                .pendingAcquireTimeout(settings.timeout())
                .maxIdleTime(Duration.ofSeconds(30))
                .build();
        this.http = HttpClient.create(connections)
                .followRedirect(false)
                .headers(headers -> headers.set("User-Agent", "Parley").set("Content-Type", "application/json"))
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()));
    }

    @Override
    public ProviderName name() {
        return ProviderName.WEBHOOK;
    }

    @Override
    public boolean enabled() {
        return !settings.tenants().isEmpty();
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    /** All at once: each server has connections of its own, so none waits for that of another tenant. */
    @Override
    public Mono<List<PushOutcome>> send(List<PushRequest> pushes) {
        return Batch.sendToMany(pushes, MAX_BATCH, settings.timeout(), this::send);
    }

    private Mono<PushOutcome> send(PushRequest push) {
        WebhookSettings.Target target = settings.tenants().get(push.content().tenantId());
        return target == null ? Mono.just(new PushOutcome.Refused("no webhook")) : post(push, target);
    }

    private Mono<PushOutcome> post(PushRequest push, WebhookSettings.Target target) {
        return Mono.defer(() -> {
            byte[] body = json.writeValueAsBytes(body(push));
            long timestamp = Instant.now().getEpochSecond();
            return http.headers(headers -> headers.set("Parley-Push-Id", header(push.pushId()))
                            .set("Parley-Timestamp", timestamp)
                            .set("Parley-Signature", WebhookSignature.of(target, timestamp, body))
                            .set("Content-Length", body.length))
                    .post()
                    .uri(target.url())
                    .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                    .response((answer, content) -> Mono.just(outcome(answer)))
                    .next();
        });
    }

    /** A header is ASCII, and the id of a reaction holds the emoji: two of them would become the same question marks. */
    private static String header(String pushId) {
        return UriUtils.encodePath(pushId, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> body(PushRequest push) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("pushId", push.pushId());
        body.put("tenantId", push.content().tenantId());
        body.put("token", push.address().token());
        body.put("timeToLive", push.timeToLive().toSeconds());
        body.put("urgent", push.urgent());
        body.put("silent", push.content().silent());
        body.put("data", PushData.of(push));
        return body;
    }

    private static PushOutcome outcome(HttpClientResponse answer) {
        int status = answer.status().code();
        if (status >= 200 && status < 300) {
            return new PushOutcome.Accepted(null);
        }
        if (status == GONE) {
            return new PushOutcome.TokenGone("status " + status);
        }
        return status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT
                ? new PushOutcome.Retry(
                        "status " + status,
                        RetryAfter.read(answer.responseHeaders().get("Retry-After"), Instant.now()))
                : new PushOutcome.Refused("status " + status);
    }

    @Override
    public void destroy() {
        connections.dispose();
    }
}
