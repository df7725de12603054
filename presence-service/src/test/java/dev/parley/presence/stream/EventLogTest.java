package dev.parley.presence.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.PartitionRange;
import dev.parley.platform.test.Until;
import dev.parley.presence.PresenceSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.test.StepVerifier;

class EventLogTest {

    private final EventLog timeline = new EventLog(
            new Binder(new MapConfigurationPropertySource(Map.of()))
                    .bindOrCreate("parley.presence", PresenceSettings.class),
            new SimpleMeterRegistry());

    @BeforeEach
    void begin() {
        timeline.begin(Map.of(0, new PartitionRange(5, 8), 1, new PartitionRange(3, 3)));
    }

    @Test
    void isNotReadyByTimeAlone() {
        StepVerifier.withVirtualTime(timeline::ready)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(19))
                .thenAwait(Duration.ofSeconds(2))
                .verifyErrorSatisfies(
                        failure -> assertThat(failure).isInstanceOfSatisfying(ApiException.class, later -> assertThat(
                                        later.code().status().value())
                                .isEqualTo(503)));
        assertThat(timeline.hasStarted()).isFalse();
    }

    @Test
    void isReadyWhenAllThatWasThereHasBeenRead() {
        timeline.passed(Map.of(0, 6L));
        assertThat(timeline.hasStarted()).isFalse();

        timeline.passed(Map.of(0, 7L));

        StepVerifier.create(timeline.ready()).verifyComplete();
        assertThat(timeline.hasStarted()).isTrue();
    }

    @Test
    void manyMayWaitAtATime() {
        List<CompletableFuture<Void>> waiting = IntStream.range(0, 2_000)
                .mapToObj(client -> client % 2 == 0
                        ? timeline.ready().toFuture()
                        : timeline.reached(StreamPosition.of(9, 2)).toFuture())
                .toList();

        timeline.passed(Map.of(0, 7L));
        Until.satisfied(() -> assertThat(waiting).filteredOn(Future::isDone).hasSize(1_000));
        timeline.passed(Map.of(0, 9L));

        Until.satisfied(() -> assertThat(waiting).allMatch(Future::isDone));
        assertThat(timeline.ready().toFuture()).isDone();
        timeline.begin(Map.of(0, new PartitionRange(10, 12), 1, new PartitionRange(3, 3)));
        CompletableFuture<Void> again = timeline.ready().toFuture();
        assertThat(again).isNotDone();
        timeline.passed(Map.of(0, 11L));
        Until.satisfied(() -> assertThat(again).isDone());
    }
}
