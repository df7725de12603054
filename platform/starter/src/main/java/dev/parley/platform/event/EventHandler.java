package dev.parley.platform.event;

import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Takes events of one topic, those of a partition in their order. The next batch comes when the returned {@link Mono}
 * has completed. Events may be repeated, so handling one twice must do what handling it once does.
 */
@FunctionalInterface
public interface EventHandler {

    Mono<Void> handle(List<ReceivedEvent> batch);

    /**
     * What there is of a partition when a reader begins.
     *
     * @param next the offset of the first record that is read
     * @param end the offset after the last record that is there
     */
    record Stretch(long next, long end) {}

    /**
     * Reading every partition of a topic is about to begin. Not called for readers that share the partitions.
     *
     * @param stretches by partition
     */
    default void begin(String topic, Map<Integer, Stretch> stretches) {}

    /** Records up to these offsets, by partition, have been read, also such as are no events for this reader. */
    default void passed(String topic, Map<Integer, Long> offsets) {}
}
