package dev.parley.platform.surface;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.json.JsonMapper;

/** The surfaces of a service, and its error answers in their form. */
@AutoConfiguration
public class SurfaceAutoConfiguration {

    @Bean
    Surfaces surfaces(ObjectProvider<Surface> surfaces) {
        return new Surfaces(surfaces.stream().toList());
    }

    @Bean
    ErrorRenderer errorRenderer(Surfaces surfaces, JsonMapper json) {
        return new ErrorRenderer(surfaces, json);
    }

    @Bean
    ErrorHandler errorHandler(ErrorRenderer renderer) {
        return new ErrorHandler(renderer);
    }

    @Bean
    NettyServerCustomizer unreadableRequests(ErrorRenderer renderer, ObjectProvider<RefusalLimit> limit) {
        RefusalLimit refusals = limit.getIfAvailable(() -> RefusalLimit.NONE);
        return server -> server.doOnChannelInit((observer, channel, remote) -> {
            if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
                channel.pipeline()
                        .addAfter(
                                NettyPipeline.HttpCodec,
                                "parley.unreadable-requests",
                                new UnreadableRequests(renderer, refusals));
            }
        });
    }
}
