package dev.parley.platform.security;

import dev.parley.platform.surface.Surfaces;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses a request whose headers contradict its token, by the rule of the surface that owns its path. */
final class HeaderCheckFilter implements WebFilter {

    private final Surfaces surfaces;

    HeaderCheckFilter(Surfaces surfaces) {
        this.surfaces = surfaces;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getPrincipal()
                .ofType(Authentication.class)
                .doOnNext(principal -> check(exchange, principal))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private void check(ServerWebExchange exchange, Authentication principal) {
        if (principal instanceof JwtAuthenticationToken jwt) {
            surfaces.at(exchange.getRequest().getPath().value())
                    .checkHeaders(exchange.getRequest().getHeaders(), jwt.getToken());
        }
    }
}
