package dev.parley.platform.disk;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Refuses the requests of clients that write. What services ask of each other passes: most of it only reads, and the rest
 * completes what was accepted.
 */
final class DiskFilter implements WebFilter {

    private static final Set<HttpMethod> WRITES =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private static final PathPattern INTERNAL = PathPatternParser.defaultInstance.parse("/internal/**");

    private final DiskGuard guard;
    private final List<PathPattern> reserved;

    DiskFilter(DiskGuard guard) {
        this.guard = guard;
        this.reserved = guard.settings().reservedPaths().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        if (guard.isFull() && WRITES.contains(exchange.getRequest().getMethod()) && !INTERNAL.matches(path)) {
            if (reserved.stream().anyMatch(pattern -> pattern.matches(path))) {
                guard.checkReserved();
            } else {
                guard.check();
            }
        }
        return chain.filter(exchange);
    }
}
