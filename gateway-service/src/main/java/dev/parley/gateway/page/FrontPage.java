package dev.parley.gateway.page;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Serves the web client's first page like its other files, so that browsers keep it and ask whether it changed. */
@Component
final class FrontPage implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getRequest().getPath().value().equals("/")
                ? chain.filter(exchange.mutate()
                        .request(request -> request.path("/index.html"))
                        .build())
                : chain.filter(exchange);
    }
}
