package dev.parley.platform.security;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.log.LogFields;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a request through in the name of its token's bearer, or in nobody's where that is enough. Else it fails with 401,
 * and says whether the token is missing, invalid or expired. A bad token is refused where none is needed, too.
 */
final class BearerTokenFilter implements WebFilter {

    private final ServerBearerTokenAuthenticationConverter tokens = new ServerBearerTokenAuthenticationConverter();
    private final TokenVerifier verifier;
    private final ServerWebExchangeMatcher publicPaths;

    BearerTokenFilter(TokenVerifier verifier, ServerWebExchangeMatcher publicPaths) {
        this.verifier = verifier;
        this.publicPaths = publicPaths;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return tokens.convert(exchange)
                .cast(BearerTokenAuthenticationToken.class)
                .flatMap(shown -> verifier.decode(shown.getToken()))
                .onErrorMap(BearerTokenFilter::isRefusal, TokenVerifier::refusal)
                .map(jwt -> inTheNameOf(jwt, exchange))
                .switchIfEmpty(Mono.defer(() -> inNobodysName(exchange)))
                .flatMap(chain::filter);
    }

    private static ServerWebExchange inTheNameOf(Jwt jwt, ServerWebExchange exchange) {
        String tenantId = jwt.getClaimAsString(TokenClaims.TENANT);
        if (tenantId != null) {
            exchange.getAttributes().put(LogFields.TENANT, tenantId);
        }
        return exchange.mutate()
                .principal(Mono.just(new JwtAuthenticationToken(jwt, List.of())))
                .build();
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof JwtException || failure instanceof AuthenticationException;
    }

    private Mono<ServerWebExchange> inNobodysName(ServerWebExchange exchange) {
        return publicPaths
                .matches(exchange)
                .filter(MatchResult::isMatch)
                .switchIfEmpty(Mono.error(() -> noToken(exchange)))
                .thenReturn(exchange);
    }

    private static ApiException noToken(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                ? ApiException.of(PlatformError.TOKEN_INVALID, "The token cannot be accepted")
                : ApiException.of(PlatformError.TOKEN_MISSING, "Send a token: Authorization: Bearer <token>");
    }
}
