package dev.parley.platform.request;

import dev.parley.platform.id.Ids;
import dev.parley.platform.trace.TraceSpan;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives every request an id: the caller's {@code X-Request-Id} where it is well formed, else that of its trace or, without one, a new one. It
 * goes back to the caller, on to the next service, into the log, into errors as {@code traceId}, and into the trace.
 */
public final class RequestId implements WebFilter, Ordered {

    public static final String HEADER = "X-Request-Id";

    /** The key of the id in the Reactor context. */
    public static final String CONTEXT_KEY = "parley.request-id";

    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String id = of(exchange);
        exchange.getResponse().getHeaders().set(HEADER, id);
        TraceSpan.of(exchange).with("parley.request.id", id);
        ServerHttpRequest request =
                exchange.getRequest().mutate().header(HEADER, id).build();
        return chain.filter(exchange.mutate().request(request).build())
                .contextWrite(context -> context.put(CONTEXT_KEY, id));
    }

    /** The id of the request. One that failed before the filter saw it gets its id here. */
    public static String of(ServerWebExchange exchange) {
        return (String) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, missing -> first(exchange));
    }

    private static String first(ServerWebExchange exchange) {
        String given = accepted(exchange.getRequest());
        if (given != null) {
            return given;
        }
        String trace = TraceSpan.of(exchange).traceId();
        return trace == null ? Ids.next() : trace;
    }

    private static @Nullable String accepted(ServerHttpRequest request) {
        String given = request.getHeaders().getFirst(HEADER);
        return given != null && WELL_FORMED.matcher(given).matches() ? given : null;
    }

    /** After the request's trace, whose id it is. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
