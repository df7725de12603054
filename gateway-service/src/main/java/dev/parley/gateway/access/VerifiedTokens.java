package dev.parley.gateway.access;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Passes a token on only if it was verified here, or where the service looks at it by itself. On an open path it is dropped
 * instead: there, a client that sends an expired token with its request for a new one must not be refused for it.
 */
@Component
final class VerifiedTokens implements GlobalFilter, Ordered {

    private final ServerWebExchangeMatcher selfVerified;

    VerifiedTokens(AccessSettings settings) {
        this.selfVerified = ServerWebExchangeMatchers.pathMatchers(
                settings.selfVerifiedApiPaths().toArray(String[]::new));
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
