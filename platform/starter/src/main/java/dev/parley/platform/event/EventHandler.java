package dev.parley.platform.event;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Takes events of one topic, those of a partition in their order. The next batch comes when the returned {@link Mono}
 * has completed. Events may be repeated, so handling one twice must do what handling it once does.
 */
@FunctionalInterface
public interface EventHandler {

    Mono<Void> handle(List<ReceivedEvent> batch);
}
