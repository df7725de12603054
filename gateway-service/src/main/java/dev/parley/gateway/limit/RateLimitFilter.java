package dev.parley.gateway.limit;

import dev.parley.gateway.forwarded.ClientAddress;
import dev.parley.platform.limit.TokenBucket;
import dev.parley.platform.limit.TokenBuckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
 * Limits the rate of API requests of each user, and of each address that sends no token. Sockets are not limited here: a
 * client that is refused while it reconnects may give up for good.
 */
@Component
final class RateLimitFilter implements WebFilter, Ordered {

    private static final PathPattern LIMITED = PathPatternParser.defaultInstance.parse("/api/**");

    private final RateLimitSettings settings;
    private final TokenBuckets buckets;
    private final Counter refused;

    RateLimitFilter(RateLimitSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.buckets = new TokenBuckets(settings.maxTracked());
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
                .map(principal -> bucketOf(principal, exchange))
                .switchIfEmpty(Mono.fromSupplier(() -> bucketOf(exchange)))
                .flatMap(bucket -> {
                    Duration wait = bucket.take(System.nanoTime());
                    return wait.isZero() ? chain.filter(exchange) : refuse(wait);
                });
    }

    private TokenBucket bucketOf(Principal principal, ServerWebExchange exchange) {
        return principal instanceof JwtAuthenticationToken user
                ? buckets.of(
                        "user " + user.getName(), settings.userPerSecond(), settings.period(), settings.userBurst())
                : bucketOf(exchange);
    }

    private TokenBucket bucketOf(ServerWebExchange exchange) {
        String address = ClientAddress.of(exchange.getRequest().getRemoteAddress());
        return buckets.of(
                "address " + address, settings.addressPerSecond(), settings.period(), settings.addressBurst());
    }

    private Mono<Void> refuse(Duration wait) {
        refused.increment();
        return Mono.error(TokenBuckets.refusal("Too many requests: wait before the next", wait));
    }
}
