package dev.parley.platform.trace;

import dev.parley.platform.error.ApiException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * A piece of work as a trace shows it, from when it begins until {@link #end}. Work finds the one that it belongs to in the Reactor context.
 * It says ids, kinds and numbers: never what people write, what they are called, a token or an address. Any thread.
 */
public final class TraceSpan {

    /** The W3C header by which a request and a record say to which trace they belong. */
    public static final String HEADER = "traceparent";

    /** Of work that is in no trace. */
    public static final TraceSpan NONE = new TraceSpan(Span.getInvalid());

    private static final String ATTRIBUTE = TraceSpan.class.getName();
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> FAILURE = AttributeKey.stringKey("error.type");
    private static final int FIRST_SERVER_ERROR = 500;

    private final Span span;

    TraceSpan(Span span) {
        this.span = span;
    }

    /** Of the work whose context this is. */
    public static TraceSpan of(ContextView context) {
        TraceSpan known = context.getOrDefault(TraceSpan.class, NONE);
        return known == null ? NONE : known;
    }

    /** Of a request. */
    public static TraceSpan of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, NONE);
    }

    void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** What work that outlives its context, such as an event in an outbox, keeps of it; null if the trace is not sampled. */
    public static @Nullable String kept(ContextView context) {
        return of(context).sampled();
    }

    /** The id of its trace, sampled or not; null for {@link #NONE}. */
    public @Nullable String traceId() {
        return exists() ? span.getSpanContext().getTraceId() : null;
    }

    /** What a call says in {@link #HEADER}, so that one that is not sampled stays so; null for {@link #NONE}. */
    public @Nullable String header() {
        SpanContext context = span.getSpanContext();
        return context.isValid()
                ? "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex()
                : null;
    }

    /** The same, or null if it is not sampled. */
    public @Nullable String sampled() {
        return span.getSpanContext().isSampled() ? header() : null;
    }

    boolean exists() {
        return span.getSpanContext().isValid();
    }

    Span span() {
        return span;
    }

    /** @param id left out if it is null */
    public TraceSpan with(String key, @Nullable String id) {
        if (id != null) {
            span.setAttribute(key, id);
        }
        return this;
    }

    public TraceSpan with(String key, long number) {
        span.setAttribute(key, number);
        return this;
    }

    void named(String name) {
        span.updateName(name);
    }

    /** With what status a request was answered. */
    public void answered(int status) {
        span.setAttribute(STATUS, (long) status);
        if (status >= FIRST_SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    /** Says of which kind the failure is. What it says itself may name what people wrote. */
    public void failed(Throwable failure) {
        if (failure instanceof ApiException refusal) {
            span.setAttribute(FAILURE, refusal.code().code());
            answered(refusal.code().status().value());
        } else {
            span.setAttribute(FAILURE, failure.getClass().getName());
            span.setStatus(StatusCode.ERROR);
        }
    }

    public void end() {
        span.end();
    }

    /** The work with this span in its context, which ends with it. */
    public <T> Mono<T> around(Mono<T> work) {
        return exists() ? work.doOnError(this::failed).doFinally(end -> end()).transform(this::in) : work;
    }

    /** The work with this span in its context. */
    public <T> Mono<T> in(Mono<T> work) {
        return work.contextWrite(context -> context.put(TraceSpan.class, this));
    }
}
