package dev.parley.gateway.connection;

import dev.parley.gateway.limit.BodyLimits;
import dev.parley.gateway.limit.BodyLimits.BodyLimit;
import dev.parley.gateway.route.SocketPrefixes;
import dev.parley.gateway.upstream.UpstreamSettings;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpRequestDecoderSpec;

@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    /** Within this time the gateway answers 408 by itself; only then the connection is closed without an answer. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(2);

    /** Bytes: as much as is read from a connection at once. */
    private static final int WHOLE_READ = 64 * 1024;

    @Bean
    NettyServerCustomizer boundedConnections(
            ConnectionSettings settings,
            BodyLimits limits,
            UpstreamSettings upstream,
            SocketPrefixes prefixes,
            ConnectionLimit connections) {
        return server -> server.idleTimeout(settings.idleTimeout()).doOnChannelInit((observer, channel, remote) -> {
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addFirst(connections);
            if (pipeline.get(NettyPipeline.HttpCodec) == null) {
                return; // HTTP/2, which the gateway does not offer by itself
            }
            RequestTimeouts timeouts = new RequestTimeouts(
                    settings.headTimeout(), request -> longer(limitOf(limits, prefixes, request), upstream), TO_ANSWER);
            pipeline.addBefore(NettyPipeline.HttpCodec, "parley.first-bytes", timeouts.new FirstBytes());
            pipeline.addAfter(NettyPipeline.HttpCodec, "parley.request-timeouts", timeouts);
        });
    }

    /** A body is passed on as it was read, not in pieces of 8 KiB: each piece costs as much as a whole one. */
    @Bean
    NettyServerCustomizer wholeReadsOfClients() {
        return server -> {
            HttpRequestDecoderSpec before = server.configuration().decoder();
            return server.httpRequestDecoder(decoder -> decoder.maxInitialLineLength(before.maxInitialLineLength())
                    .maxHeaderSize(before.maxHeaderSize())
                    .validateHeaders(before.validateHeaders())
                    .initialBufferSize(before.initialBufferSize())
                    .h2cMaxContentLength(before.h2cMaxContentLength())
                    .maxChunkSize(WHOLE_READ));
        };
    }

    /** The same for the answers of services. */
    @Bean
    HttpClientCustomizer wholeReadsOfServices(HttpClientProperties properties) {
        return client -> client.httpResponseDecoder(decoder -> {
            if (properties.getMaxHeaderSize() != null) {
                decoder.maxHeaderSize((int) properties.getMaxHeaderSize().toBytes());
            }
            return decoder.maxChunkSize(WHOLE_READ);
        });
    }

    /** While a service takes nothing of a file, nothing is read. */
    private static BodyLimit longer(BodyLimit limit, UpstreamSettings upstream) {
        return limit.isFile() && limit.time().compareTo(upstream.uploadTimeout()) < 0
                ? new BodyLimit(limit.maxBytes(), upstream.uploadTimeout(), true)
                : limit;
    }

    private static BodyLimit limitOf(BodyLimits limits, SocketPrefixes prefixes, HttpRequest request) {
        return limits.of(pathOf(request, prefixes), typeOf(request.headers().get(HttpHeaderNames.CONTENT_TYPE)));
    }

    private static PathContainer pathOf(HttpRequest request, SocketPrefixes prefixes) {
        int query = request.uri().indexOf('?');
        String path = query < 0 ? request.uri() : request.uri().substring(0, query);
        try {
            return PathContainer.parsePath(prefixes.cutOff(path));
        } catch (IllegalArgumentException refusedLater) {
            return PathContainer.parsePath("/");
        }
    }

    private static @Nullable MediaType typeOf(@Nullable String contentType) {
        try {
            return contentType == null ? null : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException refusedLater) {
            return null;
        }
    }
}
