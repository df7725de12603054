package dev.parley.notification.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import dev.parley.notification.provider.Batch;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.ProviderUnavailableException;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushProvider;
import dev.parley.notification.provider.PushRequest;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Sends pushes to APNs: many at once on few connections (HTTP/2), with a token that is signed anew before it ends. */
@Component
final class Apns implements PushProvider, DisposableBean {

    private static final int MAX_BATCH = 500;
    private static final int HTTPS_PORT = 443;

    /** APNs takes tokens for an hour, and new ones every 20 minutes at most. */
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(50);

    private final ApnsSettings settings;
    private final JsonMapper json;
    private final @Nullable NioEventLoopGroup loops;
    private final @Nullable ApnsClient client;

    Apns(ApnsSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
        // Of this kind, and of its own: the client takes no other.
        this.loops = settings.configured() ? new NioEventLoopGroup(1, new DefaultThreadFactory("apns", true)) : null;
        this.client = loops == null ? null : client(settings, loops);
    }

    private static ApnsClient client(ApnsSettings settings, NioEventLoopGroup loops) {
        URI url = URI.create(settings.url());
        ApnsClientBuilder builder = new ApnsClientBuilder()
                .setApnsServer(url.getHost(), url.getPort() > 0 ? url.getPort() : HTTPS_PORT)
                .setSigningKey(ApnsKeys.signing(settings))
                .setTokenExpiration(TOKEN_LIFETIME)
                .setEventLoopGroup(loops)
                .setConcurrentConnections(settings.maxConnections())
                .setConnectionTimeout(settings.connectTimeout());
        if (!settings.trustedCertificates().isEmpty()) {
            builder.setTrustedServerCertificateChain(new File(settings.trustedCertificates()));
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "parley.notification.apns.trusted-certificates must hold certificates in PEM");
        }
    }

    @Override
    public ProviderName name() {
        return ProviderName.APNS;
    }

    @Override
    public boolean enabled() {
        return client != null;
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public Mono<List<PushOutcome>> send(List<PushRequest> pushes) {
        ApnsClient apns = client;
        return apns == null
                ? Mono.error(new ProviderUnavailableException("APNs has no credentials", null))
                : Batch.send(pushes, settings.maxConcurrent(), settings.timeout(), push -> send(push, apns));
    }

    private Mono<PushOutcome> send(PushRequest push, ApnsClient apns) {
        if (!ApnsPush.isToken(push.address().token())) {
            return Mono.just(new PushOutcome.TokenGone("no token of APNs"));
        }
        return Mono.fromFuture(() -> apns.sendNotification(ApnsPush.of(push, settings.topic(), json, Instant.now())))
                .map(ApnsAnswer::of);
    }

    @Override
    public void destroy() {
        if (client != null && loops != null) {
            client.close().thenRun(loops::shutdownGracefully);
        }
    }
}
