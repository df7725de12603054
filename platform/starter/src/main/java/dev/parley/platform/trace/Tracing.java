package dev.parley.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins the spans of this service. Without a place to export them to it begins none, and costs a comparison. A trace is handed on at the few
 * places where work leaves a service or outlives its request; nothing follows it from operator to operator.
 */
public final class Tracing implements AutoCloseable {

    private static final Tracing OFF = new Tracing(null, () -> {});
    private static final TextMapGetter<String> HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String header) {
            return List.of(TraceSpan.HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String header, String key) {
            return key.equals(TraceSpan.HEADER) ? header : null;
        }
    };

    private final @Nullable Tracer tracer;
    private final Runnable close;

    Tracing(@Nullable Tracer tracer, Runnable close) {
        this.tracer = tracer;
        this.close = close;
    }

    public static Tracing off() {
        return OFF;
    }

    public boolean isOn() {
        return tracer != null;
    }

    /** Of a request, or of a command. @param caller its header; null if a trace may begin here */
    public TraceSpan serving(String name, @Nullable String caller) {
        return begin(name, SpanKind.SERVER, caller == null ? Context.root() : parent(caller));
    }

    /** Of a call that is made for this work. */
    public TraceSpan calling(String name, TraceSpan work) {
        return within(name, SpanKind.CLIENT, work);
    }

    /** Of a call that is made for work of which this was kept. */
    public TraceSpan calling(String name, @Nullable String kept) {
        return within(name, SpanKind.CLIENT, kept);
    }

    /** Of a part of this work. */
    public TraceSpan part(String name, TraceSpan work) {
        return within(name, SpanKind.INTERNAL, work);
    }

    /** Of a part of work of which this was kept. */
    public TraceSpan part(String name, @Nullable String kept) {
        return within(name, SpanKind.INTERNAL, kept);
    }

    /** Of publishing an event that kept this. */
    public TraceSpan publishing(String name, @Nullable String kept) {
        return within(name, SpanKind.PRODUCER, kept);
    }

    /** Of handling an event that came with this. An event without begins no trace. */
    public TraceSpan handling(String name, @Nullable String kept) {
        return within(name, SpanKind.CONSUMER, kept);
    }

    /** Of work that is done for several traces at once: a trace of its own, with a link to each of them. */
    public TraceSpan together(String name, Collection<String> kept) {
        if (tracer == null || kept.isEmpty()) {
            return TraceSpan.NONE;
        }
        SpanBuilder span =
                tracer.spanBuilder(name).setSpanKind(SpanKind.INTERNAL).setNoParent();
        kept.forEach(one -> span.addLink(Span.fromContext(parent(one)).getSpanContext()));
        return new TraceSpan(span.startSpan());
    }

    private TraceSpan within(String name, SpanKind kind, TraceSpan work) {
        return work.exists() ? begin(name, kind, Context.root().with(work.span())) : TraceSpan.NONE;
    }

    private TraceSpan within(String name, SpanKind kind, @Nullable String kept) {
        return kept == null ? TraceSpan.NONE : begin(name, kind, parent(kept));
    }

    private TraceSpan begin(String name, SpanKind kind, Context parent) {
        return tracer == null
                ? TraceSpan.NONE
                : new TraceSpan(tracer.spanBuilder(name)
                        .setSpanKind(kind)
                        .setParent(parent)
                        .startSpan());
    }

    private static Context parent(String header) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), header, HEADER);
    }

    /** What has ended is still exported. */
    @Override
    public void close() {
        close.run();
    }
}
