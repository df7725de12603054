package dev.parley.platform.security;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorRenderer;
import dev.parley.platform.error.PlatformError;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers a request without an acceptable token: 401, and which of missing, invalid or expired it is. */
final class RefusedToken implements ServerAuthenticationEntryPoint {

    private final ErrorRenderer renderer;

    RefusedToken(ErrorRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException failure) {
        return renderer.render(exchange, reason(exchange, failure));
    }

    private static ApiException reason(ServerWebExchange exchange, AuthenticationException failure) {
        if (!exchange.getRequest().getHeaders().containsHeader("Authorization")) {
            return ApiException.of(PlatformError.TOKEN_MISSING, "Send a token: Authorization: Bearer <token>");
        }
        return TokenVerifier.refusal(failure.getCause() == null ? failure : failure.getCause());
    }
}
