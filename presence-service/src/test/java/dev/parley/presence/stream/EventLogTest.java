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

    private final EventLog eventLog = new EventLog(
            new Binder(new MapConfigurationPropertySource(Map.of()))
                    .bindOrCreate("parley.presence", PresenceSettings.class),
            new SimpleMeterRegistry());

    @BeforeEach
    void begin() {
        eventLog.reset(Map.of(0, new PartitionRange(5, 8), 1, new PartitionRange(3, 3)));
    }

    @Test
    void isNotCaughtUpByTimeAlone() {
        StepVerifier.withVirtualTime(eventLog::whenCaughtUp)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(19))
                .thenAwait(Duration.ofSeconds(2))
                .verifyErrorSatisfies(
                        failure -> assertThat(failure).isInstanceOfSatisfying(ApiException.class, later -> assertThat(
                                        later.code().status().value())
                                .isEqualTo(503)));
        assertThat(eventLog.isCaughtUp()).isFalse();
    }

    @Test
    void isCaughtUpWhenAllEarlierRecordsWereRead() {
        eventLog.advanceTo(Map.of(0, 6L));
        assertThat(eventLog.isCaughtUp()).isFalse();

        eventLog.advanceTo(Map.of(0, 7L));

        StepVerifier.create(eventLog.whenCaughtUp()).verifyComplete();
        assertThat(eventLog.isCaughtUp()).isTrue();
    }

    @Test
    void manyClientsMayWaitAtATime() {
        List<CompletableFuture<Void>> waiting = IntStream.range(0, 2_000)
                .mapToObj(client -> client % 2 == 0
                        ? eventLog.whenCaughtUp().toFuture()
                        : eventLog.whenReached(StreamPosition.of(9, 2)).toFuture())
                .toList();

        eventLog.advanceTo(Map.of(0, 7L));
        Until.satisfied(() -> assertThat(waiting).filteredOn(Future::isDone).hasSize(1_000));
        eventLog.advanceTo(Map.of(0, 9L));

        Until.satisfied(() -> assertThat(waiting).allMatch(Future::isDone));
        assertThat(eventLog.whenCaughtUp().toFuture()).isDone();
        eventLog.reset(Map.of(0, new PartitionRange(10, 12), 1, new PartitionRange(3, 3)));
        CompletableFuture<Void> again = eventLog.whenCaughtUp().toFuture();
        assertThat(again).isNotDone();
        eventLog.advanceTo(Map.of(0, 11L));
        Until.satisfied(() -> assertThat(again).isDone());
    }
}
