package dev.parley.notification.fcm;

import dev.parley.notification.provider.Batch;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.ProviderUnavailableException;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushProvider;
import dev.parley.notification.provider.PushRequest;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/** Sends pushes to FCM, one request for each, as its HTTP v1 API wants it. */
@Component
final class Fcm implements PushProvider, DisposableBean {

    private static final int MAX_BATCH = 500;

    /** Requests that wait for a connection: those of a few batches. */
    private static final int MAX_WAITING = 5_000;

    private static final Duration MAX_IDLE = Duration.ofMinutes(1);

    private final FcmSettings settings;
    private final JsonMapper json;
    private final ConnectionProvider connections;
    private final WebClient http;
    private final @Nullable ServiceAccount account;
    private final @Nullable AccessTokens tokens;

    Fcm(FcmSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
        this.account = settings.account().orElse(null);
        this.connections = ConnectionProvider.builder("fcm")
                .maxConnections(settings.maxConnections())
                .pendingAcquireMaxCount(MAX_WAITING)
                .pendingAcquireTimeout(settings.timeout())
                .maxIdleTime(MAX_IDLE)
                .lifo()
                .build();
        this.http = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(settings.connectTimeout().toMillis()))))
                .build();
        this.tokens = account == null
                ? null
                : new AccessTokens(account, http, settings.timeout().dividedBy(2));
    }

    @Override
    public ProviderName name() {
        return ProviderName.FCM;
    }

    @Override
    public boolean enabled() {
        return account != null;
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public Mono<List<PushOutcome>> send(List<PushRequest> pushes) {
        if (account == null || tokens == null) {
            return Mono.error(new ProviderUnavailableException("FCM has no credentials", null));
        }
        String project = settings.projectId().isEmpty() ? account.projectId() : settings.projectId();
        String address = settings.url() + "/v1/projects/" + project + "/messages:send";
        AccessTokens given = tokens;
        return Mono.defer(() -> {
            long begun = System.nanoTime();
            // Once for all: where none is given out, nothing is sent.
            return given.current()
                    .flatMap(token -> Batch.send(
                            pushes,
                            settings.maxConcurrent(),
                            settings.timeout().minusNanos(System.nanoTime() - begun),
                            push -> send(push, address, given)));
        });
    }

    private Mono<PushOutcome> send(PushRequest push, String address, AccessTokens given) {
        byte[] message = FcmMessage.of(push, settings.androidChannel(), json, Instant.now());
        return given.current()
                .flatMap(token -> post(address, message, token)
                        .flatMap(answer ->
                                answer.refusesTheToken() ? again(address, message, given, token) : Mono.just(answer)))
                .map(answer -> answer.outcome(Instant.now()));
    }

    /** Once, with a new token. */
    private Mono<FcmAnswer> again(String address, byte[] message, AccessTokens given, String refused) {
        given.refused(refused);
        return given.current().flatMap(renewed -> post(address, message, renewed));
    }

    private Mono<FcmAnswer> post(String address, byte[] message, String token) {
        return http.post()
                .uri(address)
                .headers(headers -> headers.setBearerAuth(token))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(message)
                .exchangeToMono(response -> response.bodyToMono(String.class)
                        .defaultIfEmpty("")
                        .map(body -> FcmAnswer.of(
                                response.statusCode().value(),
                                body,
                                response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER),
                                json)));
    }

    @Override
    public void destroy() {
        connections.dispose();
    }
}
