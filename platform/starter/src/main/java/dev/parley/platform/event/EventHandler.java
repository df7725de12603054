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
     * Reading every partition of a topic is about to begin. Not called for readers that share the partitions.
     *
     * @param ranges by partition
     */
    default void onStart(String topic, Map<Integer, PartitionRange> ranges) {}

    /** Records up to these offsets, by partition, have been read, also such as are no events for this reader. */
    default void onProgress(String topic, Map<Integer, Long> offsets) {}
}
