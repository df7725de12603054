package dev.parley.gateway.route;

import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Serves the API also under the prefixes of sockets. They are cut off before anything else decides by the path. */
@Component
final class PrefixFilter implements WebFilter, Ordered {

    private final SocketPrefixes prefixes;

    PrefixFilter(SocketPrefixes prefixes) {
        this.prefixes = prefixes;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        String rest = prefixes.cutOff(path);
        return rest.equals(path)
                ? chain.filter(exchange)
                : chain.filter(
                        exchange.mutate().request(request -> request.path(rest)).build());
    }

    /** Right after the request's id. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
