package dev.parley.gateway.upstream;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Has every 503 say when to try again, whoever answers it: the gateway, a service, or a node that refuses a socket. */
@Component
final class RetryAfterFilter implements WebFilter, Ordered {

    /** For an answer that does not say it. */
    private static final String SECONDS = "1";

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpResponse response = exchange.getResponse();
        response.beforeCommit(() -> Mono.fromRunnable(() -> complete(response)));
        return chain.filter(exchange);
    }

    private static void complete(ServerHttpResponse response) {
        HttpHeaders headers = response.getHeaders();
        if (HttpStatus.SERVICE_UNAVAILABLE.equals(response.getStatusCode())
                && !headers.containsHeader(HttpHeaders.RETRY_AFTER)) {
            headers.set(HttpHeaders.RETRY_AFTER, SECONDS);
        }
    }
}
