package dev.parley.gateway.access;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Passes a token on if the gateway has verified it, or if the service verifies it by itself. On an open path the token is
 * dropped: a client that sends its expired token when it asks for a new one must not be refused for that.
 */
@Component
final class TokenRelayFilter implements GlobalFilter, Ordered {

    private final ServerWebExchangeMatcher selfVerified;

    TokenRelayFilter(ApiPaths paths) {
        this.selfVerified = paths.selfVerified();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return exchange.getPrincipal()
                .ofType(JwtAuthenticationToken.class)
                .hasElement()
                .flatMap(verified -> verified
                        ? Mono.just(true)
                        : selfVerified.matches(exchange).map(ServerWebExchangeMatcher.MatchResult::isMatch))
                .flatMap(passes -> chain.filter(passes ? exchange : withoutToken(exchange)));
    }

    private static ServerWebExchange withoutToken(ServerWebExchange exchange) {
        return exchange.mutate()
                .request(request -> request.headers(headers -> headers.remove(HttpHeaders.AUTHORIZATION)))
                .build();
    }
}
