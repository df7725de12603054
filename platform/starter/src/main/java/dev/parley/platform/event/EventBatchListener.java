package dev.parley.platform.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;
import reactor.core.Exceptions;

/** Hands what Kafka delivers to an {@link EventHandler}, and finds the one event that a batch fails for. */
final class EventBatchListener implements BatchMessageListener<String, byte[]> {

    private static final Logger log = LoggerFactory.getLogger(EventBatchListener.class);

    private final EventHandler handler;
    private final EventCodec codec;
    private final ConsumerMetrics metrics;

    EventBatchListener(EventHandler handler, EventCodec codec, ConsumerMetrics metrics) {
        this.handler = handler;
        this.codec = codec;
        this.metrics = metrics;
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        long start = System.nanoTime();
        try {
            List<ReceivedEvent> batch = new ArrayList<>(records.size());
            records.forEach(message -> codec.decode(message).ifPresent(batch::add));
            handle(batch);
            metrics.handled(batch.size(), records.size() - batch.size(), Duration.ofNanos(System.nanoTime() - start));
        } catch (RuntimeException failure) {
            if (EventFailure.of(failure) == EventFailure.PASSES) {
                throw failure;
            }
            log.warn("A batch of {} could not be handled: its events come one by one", records.size(), failure);
            oneByOne(records);
        }
        passed(records);
    }

    private void passed(List<ConsumerRecord<String, byte[]>> records) {
        Map<String, Map<Integer, Long>> offsets = new HashMap<>();
        records.forEach(one ->
                offsets.computeIfAbsent(one.topic(), topic -> new HashMap<>()).put(one.partition(), one.offset()));
        offsets.forEach(handler::onProgress);
    }

    private void oneByOne(List<ConsumerRecord<String, byte[]>> records) {
        for (int i = 0; i < records.size(); i++) {
            try {
                long start = System.nanoTime();
                Optional<ReceivedEvent> event = codec.decode(records.get(i));
                if (event.isPresent()) {
                    handle(List.of(event.get()));
                }
                int handled = event.isPresent() ? 1 : 0;
                metrics.handled(handled, 1 - handled, Duration.ofNanos(System.nanoTime() - start));
            } catch (RuntimeException failure) {
                if (EventFailure.of(failure) == EventFailure.PASSES) {
                    throw failure;
                }
                passed(records.subList(0, i));
                throw new BatchListenerFailedException("Not handled", failure, i);
            }
        }
    }

    private void handle(List<ReceivedEvent> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            handler.handle(batch).block();
        } catch (RuntimeException failure) {
            Throwable cause = Exceptions.unwrap(failure);
            throw cause instanceof RuntimeException unchecked ? unchecked : failure;
        }
    }
}
