package dev.parley.gateway.connection;

import dev.parley.gateway.forwarded.ClientAddress;
import dev.parley.gateway.forwarded.ProxyAddresses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ipfilter.AbstractRemoteAddressFilter;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Closes a new connection at once if its address has as many as it may. */
@Component
@ChannelHandler.Sharable
final class ConnectionLimit extends AbstractRemoteAddressFilter<InetSocketAddress> {

    private final int maxPerAddress;
    private final ProxyAddresses proxies;
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Counter refused;

    ConnectionLimit(ConnectionSettings settings, ProxyAddresses proxies, MeterRegistry meters) {
        this.maxPerAddress = settings.maxPerAddress();
        this.proxies = proxies;
        this.refused = Counter.builder("parley.gateway.connections.refused")
                .description("Connections that were closed at once because their address had too many")
                .register(meters);
        Gauge.builder("parley.gateway.connections", open, AtomicInteger::get)
                .description("Connections of clients")
                .register(meters);
    }

    @Override
    protected boolean accept(ChannelHandlerContext context, InetSocketAddress peer) {
        open.incrementAndGet();
        context.channel().closeFuture().addListener(closed -> open.decrementAndGet());
        if (proxies.contains(peer)) {
            return true;
        }
        String address = ClientAddress.of(peer);
        int count = byAddress.merge(address, 1, Integer::sum);
        context.channel().closeFuture().addListener(closed -> forget(address));
        if (count > maxPerAddress) {
            refused.increment();
            return false;
        }
        return true;
    }

    private void forget(String address) {
        byAddress.computeIfPresent(address, (known, count) -> count == 1 ? null : count - 1);
    }
}
