package dev.parley.gateway.connection;

import dev.parley.gateway.limit.LimitSettings;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import reactor.netty.NettyPipeline;

@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    /** Within this time the gateway answers 408 by itself; only then the connection is closed without an answer. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(2);

    @Bean
    NettyServerCustomizer boundedConnections(
            ConnectionSettings settings, LimitSettings limits, ConnectionLimit connections) {
        return server -> server.idleTimeout(settings.idleTimeout()).doOnChannelInit((observer, channel, remote) -> {
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addFirst(connections);
            if (pipeline.get(NettyPipeline.HttpCodec) == null) {
                return; // HTTP/2, which the gateway does not offer by itself
            }
            RequestTimeouts timeouts = new RequestTimeouts(
                    settings.headTimeout(), type -> timeOf(limits, type).plus(TO_ANSWER));
            pipeline.addBefore(NettyPipeline.HttpCodec, "parley.first-bytes", timeouts.new FirstBytes());
            pipeline.addAfter(NettyPipeline.HttpCodec, "parley.request-timeouts", timeouts);
        });
    }

    private static Duration timeOf(LimitSettings limits, @Nullable String contentType) {
        try {
            return limits.timeOf(contentType == null ? null : MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException refusedLater) {
            return limits.timeOf(null);
        }
    }
}
