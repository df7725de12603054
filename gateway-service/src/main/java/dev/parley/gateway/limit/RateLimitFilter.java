package dev.parley.gateway.limit;

import dev.parley.platform.limit.TokenBucket;
import dev.parley.platform.limit.TokenBuckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Holds each user, and each address that sends no token, to a rate. Sockets are left alone: a client that is refused
 * while it reconnects may give up for good.
 */
@Component
final class RateLimitFilter implements WebFilter, Ordered {

    private static final PathPattern LIMITED = PathPatternParser.defaultInstance.parse("/api/**");

    private final RateLimitSettings settings;
    private final TokenBuckets allowances;
    private final Counter refused;

    RateLimitFilter(RateLimitSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.allowances = new TokenBuckets(settings.maxTracked());
        this.refused = Counter.builder("parley.gateway.rate-limited")
                .description("Requests that were refused because their sender makes too many")
                .register(meters);
    }

    /** After authentication: the rate is the user's, whatever address the request comes from. */
    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        if (!settings.enabled() || !LIMITED.matches(path)) {
            return chain.filter(exchange);
        }
        return exchange.getPrincipal()
                .map(principal -> allowanceOf(principal, exchange))
                .switchIfEmpty(Mono.fromSupplier(() -> allowanceOf(exchange)))
                .flatMap(allowance -> {
                    Duration wait = allowance.take(System.nanoTime());
                    return wait.isZero() ? chain.filter(exchange) : refuse(wait);
                });
    }

    private TokenBucket allowanceOf(Principal principal, ServerWebExchange exchange) {
        return principal instanceof JwtAuthenticationToken user
                ? allowances.of("user " + user.getName(), settings.userPerSecond(), settings.userBurst())
                : allowanceOf(exchange);
    }

    private TokenBucket allowanceOf(ServerWebExchange exchange) {
        InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
        String address = remote == null ? "unknown" : remote.getHostString();
        return allowances.of("address " + address, settings.addressPerSecond(), settings.addressBurst());
    }

    private Mono<Void> refuse(Duration wait) {
        refused.increment();
        return Mono.error(TokenBuckets.refusal("Too many requests: wait before the next", wait));
    }
}
