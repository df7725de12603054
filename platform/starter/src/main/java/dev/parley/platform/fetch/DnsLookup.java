package dev.parley.platform.fetch;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** Looks hosts up without holding a thread, so that a name server that never answers holds up no other look-up. */
final class DnsLookup {

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1, new DefaultThreadFactory("dns", true));
    private final DnsNameResolver resolver;

    /** @param timeout of one question to one name server */
    DnsLookup(Duration timeout) {
        this.resolver = new DnsNameResolverBuilder(loops.next())
                .datagramChannelType(NioDatagramChannel.class)
                .queryTimeoutMillis(timeout.toMillis())
                .build();
    }

    /** @return all addresses that the host has; fails if there are none, or the name servers do not answer */
    Mono<List<InetAddress>> lookUp(String host) {
        return Mono.create(sink -> resolver.resolveAll(host)
                .addListener((GenericFutureListener<Future<List<InetAddress>>>) found -> {
                    if (found.isSuccess()) {
                        sink.success(found.getNow());
                    } else {
                        sink.error(found.cause());
                    }
                }));
    }

    void close() {
        resolver.close();
        loops.shutdownGracefully();
    }
}
