package dev.parley.platform.deadline;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Gives every request its deadline: the caller's, if that is earlier than the service's own. */
public final class DeadlineFilter implements WebFilter, Ordered {

    private final DeadlineSettings settings;
    private final List<PathPattern> unlimited;

    public DeadlineFilter(DeadlineSettings settings) {
        this.settings = settings;
        this.unlimited = settings.unlimitedPaths().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        if (unlimited.stream().anyMatch(pattern -> pattern.matches(path))) {
            return chain.filter(exchange);
        }
        String header = exchange.getRequest().getHeaders().getFirst(Deadline.HEADER);
        return TimeLimit.on(exchange, Deadline.of(header, settings.timeLimit()), chain::filter);
    }

    /** After the request's id, before everything that may have to wait. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }
}
