package dev.parley.platform.security;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.request.Allow;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Answers a request that has no good token with 405 where the path lacks the method: no token would help. A request with a
 * good token gets as far as the handlers, which answer so by themselves.
 */
final class LackingMethodFilter implements WebFilter, Ordered {

    /** Only services ask here. To others there is nothing. */
    private static final PathPattern INTERNAL = PathPatternParser.defaultInstance.parse("/internal/**");

    private final AllowedMethods methods;

    LackingMethodFilter(AllowedMethods methods) {
        this.methods = methods;
    }

    /** Outside of the filters that verify tokens. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 30;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange)
                .onErrorResume(LackingMethodFilter::isUnauthorized, refusal -> judged(exchange, refusal));
    }

    private static boolean isUnauthorized(Throwable failure) {
        return failure instanceof ApiException known && known.code().isUnauthorized();
    }

    private Mono<Void> judged(ServerWebExchange exchange, Throwable refusal) {
        HttpMethod method = exchange.getRequest().getMethod();
        Set<HttpMethod> allowed = allowedAt(exchange.getRequest().getPath().pathWithinApplication());
        if (allowed.isEmpty() || allowed.contains(method == HttpMethod.HEAD ? HttpMethod.GET : method)) {
            return Mono.error(refusal);
        }
        if (!method.equals(HttpMethod.OPTIONS)) {
            return Mono.error(new MethodNotAllowedException(method, allowed));
        }
        exchange.getResponse().getHeaders().setAllow(Allow.of(allowed));
        exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
        return exchange.getResponse().setComplete();
    }

    private Set<HttpMethod> allowedAt(PathContainer path) {
        return INTERNAL.matches(path) ? Set.of() : methods.of(path);
    }
}
