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
 * Says who made a request. A trusted proxy's {@code X-Forwarded-*} and {@code Forwarded} headers are taken into the
 * request (address, scheme, host); anybody else's are dropped. Past this point no request carries such a header.
 */
final class ForwardedHeaders extends ForwardedHeaderTransformer {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final TrustedProxies proxies;

    ForwardedHeaders(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public ServerHttpRequest apply(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        InetSocketAddress client = peer != null && proxies.trust(peer) ? clientOf(request, peer) : null;
        ServerHttpRequest own = request.mutate()
                .headers(headers -> removeClaims(headers, client != null))
                .build();
        return client == null
                ? own
                : super.apply(own).mutate().remoteAddress(client).build();
    }

    private static void removeClaims(HttpHeaders headers, boolean trusted) {
        List.copyOf(headers.headerNames()).stream()
                .filter(name -> isClaim(name) && !(trusted && saysHowAsked(name)))
                .forEach(headers::remove);
    }

    private static boolean isClaim(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("x-forwarded-") || lower.equals("forwarded") || lower.equals("x-real-ip");
    }

    private static boolean saysHowAsked(String name) {
        return name.equalsIgnoreCase("X-Forwarded-Proto")
                || name.equalsIgnoreCase("X-Forwarded-Host")
                || name.equalsIgnoreCase("X-Forwarded-Port");
    }

    /** The last address that no trusted proxy has: what stands before it is only the client's own claim. */
    private InetSocketAddress clientOf(ServerHttpRequest request, InetSocketAddress peer) {
        List<String> chain = request.getHeaders().getValuesAsList(FORWARDED_FOR);
        InetSocketAddress client = peer;
        for (int i = chain.size() - 1; i >= 0 && proxies.trust(client); i--) {
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
