package dev.parley.platform.trace;

import dev.parley.platform.log.LogFields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Gives every request its span, and hands the trace on in the headers of the request, for a gateway that passes these on. */
final class TraceFilter implements WebFilter, Ordered {

    /** What Spring Cloud Gateway calls the pattern of the route that it found. */
    private static final String PATTERN_OF_ROUTE =
            "org.springframework.cloud.gateway.support.ServerWebExchangeUtils.gatewayPredicateMatchedPathAttr";

    /** Others of a caller that does not decide what is traced. */
    private static final List<String> BESIDE = List.of("tracestate", "baggage");

    private static final PathPattern INTERNAL = PathPatternParser.defaultInstance.parse("/internal/**");

    private final Tracing tracing;
    private final boolean continueCallers;
    private final List<PathPattern> untraced;

    TraceFilter(Tracing tracing, TraceSettings settings) {
        this.tracing = tracing;
        this.continueCallers = settings.continueCallers();
        this.untraced = settings.untracedPaths().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String caller = continueCallers ? request.getHeaders().getFirst(TraceSpan.HEADER) : null;
        TraceSpan span = isTraced(request, caller) ? begin(request, caller) : TraceSpan.NONE;
        span.attachTo(exchange);
        ServerWebExchange passedOn = exchange.mutate()
                .request(request.mutate()
                        .headers(headers -> passOn(headers, span.header()))
                        .build())
                .build();
        return span.exists()
                ? span.in(chain.filter(passedOn).doOnError(span::failed).doFinally(end -> end(span, exchange)))
                : chain.filter(passedOn);
    }

    /** What a service asks for nobody's sake is in no trace. */
    private boolean isTraced(ServerHttpRequest request, @Nullable String caller) {
        PathContainer path = request.getPath().pathWithinApplication();
        return request.getHeaders().getUpgrade() == null
                && (caller != null || !INTERNAL.matches(path))
                && untraced.stream().noneMatch(pattern -> pattern.matches(path));
    }

    private TraceSpan begin(ServerHttpRequest request, @Nullable String caller) {
        return tracing.serving(request.getMethod().name(), caller)
                .with("http.request.method", request.getMethod().name());
    }

    private void passOn(HttpHeaders headers, @Nullable String header) {
        if (header != null) {
            headers.set(TraceSpan.HEADER, header);
        } else if (!continueCallers) {
            headers.remove(TraceSpan.HEADER);
        }
        if (!continueCallers) {
            BESIDE.forEach(headers::remove);
        }
    }

    /** The path itself may hold more than ids. */
    private static void end(TraceSpan span, ServerWebExchange exchange) {
        Object pattern = exchange.getAttributes()
                .getOrDefault(
                        HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE,
                        exchange.getAttributes().get(PATTERN_OF_ROUTE));
        if (pattern != null) {
            span.with("http.route", pattern.toString())
                    .named(exchange.getRequest().getMethod() + " " + pattern);
        }
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        if (status != null) {
            span.answered(status.value());
        }
        span.with("parley.tenant.id", exchange.<String>getAttribute(LogFields.TENANT))
                .end();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
