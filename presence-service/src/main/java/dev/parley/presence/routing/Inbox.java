package dev.parley.presence.routing;

import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.stream.ConversationEventHandler;
import dev.parley.presence.stream.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands what the routers wrote for this node to its log and its users, in order. Used by one thread, from when the node begins to
 * read the inbox until it starts again.
 */
final class Inbox {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final String node;
    private final InboxProgress progress;
    private final InterestRegistry interest;
    private final EventLog eventLog;
    private final ConversationEventHandler handler;
    private final EventCodec codec;
    private final JsonMapper json;

    /** By partition, the offset of the last event that was handled or waits here. */
    private final Map<Integer, Long> taken = new HashMap<>();

    private final List<ReceivedEvent> events = new ArrayList<>();
    private final List<ReceivedEvent> past = new ArrayList<>();

    Inbox(
            String node,
            InboxProgress progress,
            InterestRegistry interest,
            EventLog eventLog,
            ConversationEventHandler handler,
            EventCodec codec,
            JsonMapper json) {
        this.node = node;
        this.progress = progress;
        this.interest = interest;
        this.eventLog = eventLog;
        this.handler = handler;
        this.codec = codec;
        this.json = json;
    }

    /**
     * Returns when all was handled.
     *
     * @throws InboxLostException if the node must start again
     */
    void read(Iterable<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> message : records) {
            Envelope envelope = Envelope.of(message);
            if (envelope != null && envelope.node().equals(node)) {
                read(envelope, message);
            }
        }
        handleWaiting();
    }

    private void read(Envelope envelope, ConsumerRecord<String, byte[]> message) {
        switch (envelope.kind()) {
            case EVENT -> event(envelope, message);
            case PAST -> decode(envelope, message).ifPresent(this::past);
            case PROGRESS -> {
                handleWaiting();
                progress(json.readValue(message.value(), Progress.class));
            }
            case STRUCK_OUT -> throw new InboxLostException("The routers have heard nothing of this node for too long");
        }
    }

    private void event(Envelope envelope, ConsumerRecord<String, byte[]> message) {
        if (progress.isOutdated(envelope.partition(), envelope.generation())) {
            return;
        }
        boolean isRepeated = envelope.offset() <= taken.getOrDefault(envelope.partition(), -1L);
        taken.merge(envelope.partition(), envelope.offset(), Math::max);
        decode(envelope, message).ifPresent(received -> {
            if (isRepeated) {
                // The router before this one may not have known that it concerns this node.
                past(received);
            } else {
                handle(past, handler::learn);
                events.add(received);
            }
        });
    }

    private void past(ReceivedEvent received) {
        handle(events, handler::handle);
        past.add(received);
    }

    private Optional<ReceivedEvent> decode(Envelope envelope, ConsumerRecord<String, byte[]> message) {
        return RecordDecoder.decode(codec, envelope.event(message));
    }

    private void progress(Progress at) {
        for (Progress.OfPartition partition : at.partitions()) {
            if (progress.advance(partition, at.interest())) {
                taken.merge(partition.partition(), partition.position(), Math::max);
                eventLog.forgetUpTo(partition.partition(), partition.forgotten());
                eventLog.advanceTo(Map.of(partition.partition(), partition.position()));
            }
        }
        interest.progressed(eventLog.position());
    }

    private void handleWaiting() {
        handle(past, handler::learn);
        handle(events, handler::handle);
    }

    private static void handle(List<ReceivedEvent> waiting, Function<List<ReceivedEvent>, Mono<Void>> action) {
        if (waiting.isEmpty()) {
            return;
        }
        List<ReceivedEvent> batch = List.copyOf(waiting);
        waiting.clear();
        try {
            handled(batch, action);
        } catch (RuntimeException failure) {
            log.warn("A batch of {} events could not be handled: they come one by one", batch.size(), failure);
            batch.forEach(one -> handleAlone(one, action));
        }
    }

    /** One event that nobody can handle holds up nothing else. */
    private static void handleAlone(ReceivedEvent event, Function<List<ReceivedEvent>, Mono<Void>> action) {
        try {
            handled(List.of(event), action);
        } catch (RuntimeException failure) {
            log.error("Skipped event {}", event.id(), failure);
        }
    }

    /** What may pass is waited for, as everything after it must come later. */
    private static void handled(List<ReceivedEvent> batch, Function<List<ReceivedEvent>, Mono<Void>> action) {
        action.apply(batch)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY).filter(EventPublisher::mayPass))
                .block();
    }
}
