package dev.parley.platform.security;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses a request whose identity headers contradict its token. The headers themselves are never believed. */
final class HeaderConsistency implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getPrincipal()
                .ofType(Authentication.class)
                .doOnNext(principal -> check(exchange, principal))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private static void check(ServerWebExchange exchange, Authentication principal) {
        if (principal instanceof JwtAuthenticationToken jwt) {
            Caller caller = Caller.of(jwt.getToken());
            require("X-Tenant-ID", exchange, caller.tenantId());
            require("x-user-id", exchange, caller.userId());
        }
    }

    private static void require(String header, ServerWebExchange exchange, String claim) {
        @Nullable String given = exchange.getRequest().getHeaders().getFirst(header);
        if (given != null && !given.equals(claim)) {
            throw ApiException.of(PlatformError.HEADER_MISMATCH, header + " is not the token's");
        }
    }
}
