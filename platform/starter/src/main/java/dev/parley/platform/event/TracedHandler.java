package dev.parley.platform.event;

import dev.parley.platform.trace.TraceSpan;
import dev.parley.platform.trace.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * Shows in the trace of each event that it is handled here. What is done for one event belongs to its trace; what is done for several at
 * once is a trace of its own, which links to theirs.
 */
final class TracedHandler implements EventHandler {

    private final EventHandler handler;
    private final Tracing tracing;
    private final String span;

    TracedHandler(EventHandler handler, Tracing tracing, String subscription) {
        this.handler = handler;
        this.tracing = tracing;
        this.span = "handle " + subscription;
    }

    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return tracing.isOn() && batch.stream().anyMatch(event -> event.traceparent() != null)
                ? Mono.defer(() -> handleTraced(batch))
                : handler.handle(batch);
    }

    private Mono<Void> handleTraced(List<ReceivedEvent> batch) {
        List<TraceSpan> spans = new ArrayList<>();
        List<ReceivedEvent> events = new ArrayList<>(batch.size());
        for (ReceivedEvent event : batch) {
            TraceSpan one = tracing.handling(span, event.traceparent()).with("parley.event.id", event.id());
            events.add(event.handledIn(one));
            if (one.sampled() != null) {
                spans.add(one);
            }
        }
        Mono<Void> work = handler.handle(events);
        return (spans.size() == 1 ? spans.get(0).in(work) : together(spans).around(work))
                .doOnError(failure -> spans.forEach(one -> one.failed(failure)))
                .doFinally(end -> spans.forEach(TraceSpan::end));
    }

    private TraceSpan together(List<TraceSpan> spans) {
        return tracing.together(
                span,
                spans.stream().map(TraceSpan::sampled).filter(Objects::nonNull).toList());
    }

    @Override
    public void onStart(String topic, Map<Integer, PartitionRange> ranges) {
        handler.onStart(topic, ranges);
    }

    @Override
    public void onProgress(String topic, Map<Integer, Long> offsets) {
        handler.onProgress(topic, offsets);
    }
}
