package dev.parley.gateway.route;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Serves the API also under the prefixes of sockets. They are cut off before anything else decides by the path. */
@Component
final class PrefixFilter implements WebFilter, Ordered {

    private static final String API = "/api/";

    private final List<String> prefixes;

    PrefixFilter(SocketPrefixes settings) {
        this.prefixes = settings.socketPrefixes();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        for (String prefix : prefixes) {
            if (path.startsWith(prefix) && path.startsWith(API, prefix.length())) {
                return chain.filter(exchange.mutate()
                        .request(request -> request.path(path.substring(prefix.length())))
                        .build());
            }
        }
        return chain.filter(exchange);
    }

    /** Right after the request's id. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
