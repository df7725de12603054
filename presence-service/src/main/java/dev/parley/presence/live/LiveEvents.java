package dev.parley.presence.live;

import dev.parley.events.ConversationEvent;
import dev.parley.events.Event;
import dev.parley.events.MessageCreated;
import dev.parley.events.Topics;
import dev.parley.platform.encryption.EventOpener;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.PartitionRange;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.recovery.Timeline;
import dev.parley.presence.transport.Fanout;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes what happens on the platform to the clients that are connected here. */
@Component
final class LiveEvents implements EventHandler {

    private static final Logger log = LoggerFactory.getLogger(LiveEvents.class);

    private final Timeline timeline;
    private final ConversationNarrator conversations;
    private volatile Repetitions repetitions = new Repetitions();
    private final Fanout fanout;
    private final EventOpener opened;
    private final Timer latency;

    LiveEvents(
            Timeline timeline,
            MemberRooms rooms,
            List<Surface> surfaces,
            Fanout fanout,
            EventOpener opened,
            MeterRegistry meters) {
        this.latency = Timer.builder("parley.fanout.latency")
                .description("From when a message was stored until it was written to the sockets of this node")
                .publishPercentileHistogram()
                .register(meters);
        this.opened = opened;
        this.timeline = timeline;
        this.conversations = new ConversationNarrator(
                surfaces, rooms, failure -> log.error("Some clients are not told of an event", failure));
        this.fanout = fanout;
    }

    /** The next batch comes when this one has been written, or dropped: the sockets' queues do not grow without bound. */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return opened.of(batch).flatMap(events -> {
            events.forEach(this::tell);
            return fanout.settled().doOnSuccess(written -> events.forEach(this::measure));
        });
    }

    /** Not what had happened before this node started. */
    private void measure(ReceivedEvent received) {
        if (received.data() instanceof MessageCreated created && timeline.hasStarted()) {
            latency.record(Duration.between(created.message().createdAt(), Instant.now()));
        }
    }

    @Override
    public void onStart(String topic, Map<Integer, PartitionRange> ranges) {
        if (topic.equals(Topics.CONVERSATIONS)) {
            repetitions = new Repetitions();
            timeline.begin(ranges);
        }
    }

    @Override
    public void onProgress(String topic, Map<Integer, Long> offsets) {
        if (topic.equals(Topics.CONVERSATIONS)) {
            timeline.passed(offsets);
        }
    }

    private void tell(ReceivedEvent received) {
        Event event = received.data();
        if (event instanceof ConversationEvent told) {
            timeline.handle(received, told, repetitions.isNew(received.id(), told), () -> conversations.tell(told));
        }
    }
}
