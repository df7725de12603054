package dev.parley.presence.stream;

import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageCreated;
import dev.parley.events.Topics;
import dev.parley.platform.encryption.EventOpener;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.PartitionRange;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.trace.Tracing;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.FanoutTrace;
import dev.parley.presence.surface.LiveSurfaces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the events of conversations, and sends each event to the devices of this node, once and in order. */
@Component
public final class ConversationEventHandler implements EventHandler {

    private static final Logger log = LoggerFactory.getLogger(ConversationEventHandler.class);

    /** What docs/slo.md promises: a bound of the histogram, so that it can be counted how many are within. */
    private static final Duration OBJECTIVE = Duration.ofSeconds(1);

    private final EventLog eventLog;
    private final EventDispatcher dispatcher;

    /** Only applies events to memberships. */
    private final EventDispatcher unheard = new EventDispatcher(List.of(), List.of(), failure -> {
        throw failure;
    });

    private final FanoutScope scope;
    private final WithheldMessages withheld;
    private final EventOpener opener;
    private final Tracing tracing;
    private final Timer latency;

    ConversationEventHandler(
            EventLog eventLog,
            LiveSurfaces surfaces,
            List<ConversationChangeListener> changes,
            FanoutScope scope,
            WithheldMessages withheld,
            EventOpener opener,
            MeterRegistry meters,
            Tracing tracing) {
        this.tracing = tracing;
        this.withheld = withheld;
        this.eventLog = eventLog;
        this.dispatcher = new EventDispatcher(
                surfaces.renderers(),
                changes,
                failure -> log.error("Could not send an event to some devices", failure));
        this.scope = scope;
        this.opener = opener;
        this.latency = Timer.builder("parley.fanout.latency")
                .description("From when a message was stored until it was written to the sockets of this node")
                .publishPercentileHistogram()
                .serviceLevelObjectives(OBJECTIVE)
                .register(meters);
    }

    /**
     * Completes when the events were written to the sockets or dropped, and only then the next batch is read: so the queues
     * stay short.
     */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return opener.of(batch).flatMap(events -> {
            List<FanoutTrace> traces = events.stream().map(this::dispatch).toList();
            return scope.fanout()
                    .whenWritten()
                    .doOnSuccess(written -> events.forEach(this::measure))
                    .doFinally(end -> traces.forEach(FanoutTrace::end));
        });
    }

    /** Takes events that were not read when it was their turn: nobody here is sent them now. */
    public Mono<Void> learn(List<ReceivedEvent> past) {
        return opener.of(past).doOnNext(events -> events.forEach(this::learn)).then();
    }

    private void learn(ReceivedEvent received) {
        if (received.data() instanceof ConversationEvent event) {
            eventLog.learn(received, event, () -> unheard.dispatch(event, EventContext.unrecorded(scope)));
        }
    }

    private FanoutTrace dispatch(ReceivedEvent received) {
        if (received.data() instanceof ConversationEvent event) {
            FanoutTrace trace = FanoutTrace.of(tracing, event, received.traceparent());
            eventLog.handle(received, event, offsets -> dispatcher.dispatch(event, context(event, offsets, trace)));
            return trace;
        }
        return FanoutTrace.NONE;
    }

    private EventContext context(ConversationEvent event, IntFunction<String> offsets, FanoutTrace trace) {
        EventContext context = EventContext.at(scope, offsets).shownIn(trace);
        return event instanceof MessageCreated created ? context.withoutUsers(withheld.withhold(created)) : context;
    }

    /** Ignores events that were published before this node started. */
    private void measure(ReceivedEvent received) {
        if (received.data() instanceof MessageCreated created && eventLog.isCaughtUp()) {
            latency.record(Duration.between(created.message().createdAt(), Instant.now()));
        }
    }

    @Override
    public void onStart(String topic, Map<Integer, PartitionRange> ranges) {
        if (topic.equals(Topics.CONVERSATIONS)) {
            eventLog.reset(ranges);
        }
    }

    @Override
    public void onProgress(String topic, Map<Integer, Long> offsets) {
        if (topic.equals(Topics.CONVERSATIONS)) {
            eventLog.advanceTo(offsets);
        }
    }
}
