package dev.parley.gateway.webclient;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Tells the time with every answer (RFC 9110, 6.6.1): the web client goes by it, whatever its own clock says. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DateHeaderFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse()
                .beforeCommit(() -> Mono.fromRunnable(() -> {
                    HttpHeaders headers = exchange.getResponse().getHeaders();
                    if (!headers.containsHeader(HttpHeaders.DATE)) {
                        headers.setDate(System.currentTimeMillis());
                    }
                }));
        return chain.filter(exchange);
    }
}
