package dev.parley.gateway.forwarded;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Finds out who made a request. The {@code X-Forwarded-*} headers of a trusted proxy set the request's address, scheme and
 * host; those of anybody else are dropped. After this, no request has such a header.
 */
final class ForwardedHeaders extends ForwardedHeaderTransformer {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final ProxyAddresses proxies;

    ForwardedHeaders(ProxyAddresses proxies) {
        this.proxies = proxies;
    }

    @Override
    public ServerHttpRequest apply(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        InetSocketAddress client = peer != null && proxies.contains(peer) ? clientOf(request, peer) : null;
        ServerHttpRequest own = request.mutate()
                .headers(headers -> removeForwarded(headers, client != null))
                .build();
        return client == null
                ? own
                : super.apply(own).mutate().remoteAddress(client).build();
    }

    private static void removeForwarded(HttpHeaders headers, boolean trusted) {
        List.copyOf(headers.headerNames()).stream()
                .filter(name -> isForwarded(name) && !(trusted && isUsed(name)))
                .forEach(headers::remove);
    }

    private static boolean isForwarded(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("x-forwarded-") || lower.equals("forwarded") || lower.equals("x-real-ip");
    }

    private static boolean isUsed(String name) {
        return name.equalsIgnoreCase("X-Forwarded-Proto")
                || name.equalsIgnoreCase("X-Forwarded-Host")
                || name.equalsIgnoreCase("X-Forwarded-Port");
    }

    /** The last address that is not a trusted proxy's: the client may have made up those before it. */
    private InetSocketAddress clientOf(ServerHttpRequest request, InetSocketAddress peer) {
        List<String> chain = request.getHeaders().getValuesAsList(FORWARDED_FOR);
        InetSocketAddress client = peer;
        for (int i = chain.size() - 1; i >= 0 && proxies.contains(client); i--) {
            InetAddress address =
                    NetUtil.createInetAddressFromIpAddressString(chain.get(i).strip());
            if (address == null) {
                break;
            }
            client = new InetSocketAddress(address, 0);
        }
        return client;
    }
}
