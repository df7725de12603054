package dev.parley.platform.request;

import dev.parley.platform.id.Ids;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives every request an id: the caller's {@code X-Request-Id} where it is well formed, else a new one. It goes back to
 * the caller, on to the next service, into the log and into errors as {@code traceId}.
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
        ServerHttpRequest request =
                exchange.getRequest().mutate().header(HEADER, id).build();
        return chain.filter(exchange.mutate().request(request).build())
                .contextWrite(context -> context.put(CONTEXT_KEY, id));
    }

    /** The id of the request. One that failed before the filter saw it gets its id here. */
    public static String of(ServerWebExchange exchange) {
        return (String) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, missing -> accepted(exchange.getRequest()));
    }

    private static String accepted(ServerHttpRequest request) {
        String given = request.getHeaders().getFirst(HEADER);
        return given != null && WELL_FORMED.matcher(given).matches() ? given : Ids.next();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
