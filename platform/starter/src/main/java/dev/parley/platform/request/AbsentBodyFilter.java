package dev.parley.platform.request;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Takes no notice of the type of a body that is not there: many clients send {@code application/x-www-form-urlencoded} with
 * every POST.
 */
final class AbsentBodyFilter implements WebFilter, Ordered {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (!headers.containsHeader(HttpHeaders.CONTENT_TYPE) || RequestHead.hasBody(headers)) {
            return chain.filter(exchange);
        }
        return chain.filter(exchange.mutate()
                .request(request -> request.headers(changed -> changed.remove(HttpHeaders.CONTENT_TYPE)))
                .build());
    }

    /** Right after the request's id: others decide by the type of the body. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
