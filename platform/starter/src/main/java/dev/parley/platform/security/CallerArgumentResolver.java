package dev.parley.platform.security;

import org.springframework.core.MethodParameter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets a handler method take the {@link Caller} as an argument. */
final class CallerArgumentResolver implements HandlerMethodArgumentResolver {

    private final CallerProfiles profiles;

    CallerArgumentResolver(CallerProfiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext bindingContext, ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .cast(JwtAuthenticationToken.class)
                .flatMap(principal -> profiles.current(Caller.of(principal.getToken())));
    }
}
