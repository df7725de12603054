package dev.parley.gateway.access;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers browsers that ask whether a page of another site may use the platform. Where no other site is allowed, each is told
 * so; requests that ask nothing pass then, as browsers keep their answers from such pages by themselves.
 */
@Component
final class CorsFilter implements WebFilter, Ordered {

    private final CorsConfiguration cors;
    private final boolean othersAllowed;
    private final Rules rules = new Rules();

    CorsFilter(CorsSettings settings) {
        this.cors = configuration(settings);
        this.othersAllowed = !settings.allowedOrigins().isEmpty();
    }

    private static CorsConfiguration configuration(CorsSettings settings) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(settings.allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(settings.allowedHeaders());
        cors.setExposedHeaders(settings.exposedHeaders());
        cors.setMaxAge(settings.maxAge());
        cors.setAllowCredentials(true);
        cors.validateAllowCredentials();
        return cors;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        boolean asks = CorsUtils.isPreFlightRequest(exchange.getRequest());
        if (!asks && !othersAllowed) {
            return chain.filter(exchange);
        }
        if (!rules.process(cors, exchange)) {
            return Mono.error(ApiException.of(
                    PlatformError.FORBIDDEN, "Pages of this site may not use the platform, or not in this way"));
        }
        return asks ? exchange.getResponse().setComplete() : chain.filter(exchange);
    }

    /** Before authentication: a preflight request carries no token. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    /** Spring's, but what is refused is answered like any other request. */
    private static final class Rules extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            // The filter fails.
        }
    }
}
