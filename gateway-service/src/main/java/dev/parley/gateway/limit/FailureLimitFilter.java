package dev.parley.gateway.limit;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Answers with 429 once the gateway has refused too many requests of an address. What services answer is not counted. */
@Component
final class FailureLimitFilter implements WebFilter, Ordered {

    private static final Set<Integer> COUNTED = Set.of(400, 401, 404, 405, 406, 408, 413, 415, 431);

    private final FailureLimit limit;

    FailureLimitFilter(FailureLimit limit) {
        this.limit = limit;
    }

    /** Outside of everything that refuses requests. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 15;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).onErrorMap(FailureLimitFilter::isCounted, refusal -> limit.count(
                        exchange.getRequest().getRemoteAddress())
                .<Throwable>map(tooMany -> tooMany)
                .orElse(refusal));
    }

    /** An expired token was a good one: its bearer must learn that it is time for another. */
    private static boolean isCounted(Throwable refusal) {
        if (refusal instanceof ApiException known) {
            return known.code() != PlatformError.TOKEN_EXPIRED
                    && COUNTED.contains(known.code().status().value());
        }
        return refusal instanceof ResponseStatusException known
                && COUNTED.contains(known.getStatusCode().value());
    }
}
