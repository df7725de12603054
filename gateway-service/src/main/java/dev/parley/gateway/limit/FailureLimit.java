package dev.parley.gateway.limit;

import dev.parley.gateway.forwarded.ClientAddress;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.limit.TokenBuckets;
import dev.parley.platform.surface.RefusalLimit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts by address the requests that the gateway refuses because of the client: without a good token, to no resource, that
 * cannot be read. Only such requests are ever answered with 429 for it: many people may share an address, and none of them
 * is refused for what a stranger does.
 */
@Component
final class FailureLimit implements RefusalLimit {

    private final RateLimitSettings settings;
    private final TokenBuckets buckets;
    private final Counter refused;

    FailureLimit(RateLimitSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.buckets = new TokenBuckets(settings.maxTracked());
        this.refused = Counter.builder("parley.gateway.failures-limited")
                .description("Refused requests that were answered with 429, as too many of their address were refused")
                .register(meters);
    }

    @Override
    public Optional<ApiException> count(@Nullable InetSocketAddress address) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        Duration wait = buckets.of(
                        ClientAddress.of(address),
                        settings.failuresPerSecond(),
                        settings.period(),
                        settings.failuresBurst())
                .take(System.nanoTime());
        if (wait.isZero()) {
            return Optional.empty();
        }
        refused.increment();
        return Optional.of(TokenBuckets.refusal("Too many bad requests: wait before the next", wait));
    }
}
