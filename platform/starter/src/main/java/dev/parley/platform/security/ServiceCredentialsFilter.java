package dev.parley.platform.security;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.surface.ErrorRenderer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets only the platform's own services through. */
final class ServiceCredentialsFilter implements WebFilter {

    /** What services ask each other in nobody's name. */
    static final String PATHS = "/internal/platform/**";

    private final ServiceCredentials credentials;
    private final ErrorRenderer errors;

    ServiceCredentialsFilter(ServiceCredentials credentials, ErrorRenderer errors) {
        this.credentials = credentials;
        this.errors = errors;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        try {
            credentials.require(exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
        } catch (ApiException refused) {
            return errors.render(exchange, refused);
        }
        return chain.filter(exchange);
    }
}
