package dev.parley.conversation.readpointer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts writes of read pointers, and those that found the membership changed meanwhile. */
@Component
final class ReadPointerMetrics {

    private final Counter written;
    private final Counter conflicts;

    ReadPointerMetrics(MeterRegistry meters) {
        this.written = Counter.builder("parley.conversations.read-pointers.written")
                .description("Read pointers that were moved")
                .register(meters);
        this.conflicts = Counter.builder("parley.conversations.read-pointers.conflicts")
                .description("Writes of read pointers that came too late: the membership was changed meanwhile")
                .register(meters);
    }

    /** @param write completes empty on a conflict */
    <T> Mono<T> count(Mono<T> write) {
        return write.doOnSuccess(result -> (result == null ? conflicts : written).increment());
    }
}
