package dev.parley.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class CoalescingBatcherTest {

    private final List<Map<String, Integer>> taken = Collections.synchronizedList(new ArrayList<>());
    private final Counter givenUp = new SimpleMeterRegistry().counter("given-up");
    private volatile int failures;

    @Test
    void handsOnTheNewestValueOfEachKeyWhateverTheOrder() {
        CoalescingBatcher<String, Integer> batches = batches(100, 100);
        batches.add("a", 1);
        batches.add("a", 3);
        batches.add("a", 2);
        batches.add("b", 1);

        Until.satisfied(() -> assertThat(taken).containsExactly(Map.of("a", 3, "b", 1)));

        batches.add("a", 4);
        Until.satisfied(() -> assertThat(taken).hasSize(2).contains(Map.of("a", 4)));
    }

    @Test
    void handsOnAgainWhatFailedWithWhatIsNewerMeanwhile() {
        CoalescingBatcher<String, Integer> batches = batches(100, 100);
        failures = 2;
        batches.add("a", 1);
        batches.add("b", 9);
        Until.satisfied(() -> assertThat(failures).isLessThan(2));
        batches.add("a", 2);
        batches.add("b", 1);

        Until.satisfied(() -> assertThat(taken).isNotEmpty());
        assertThat(taken.get(0)).containsEntry("b", 9);
        Until.satisfied(
                () -> assertThat(taken).anySatisfy(batch -> assertThat(batch).containsEntry("a", 2)));
    }

    @Test
    void keepsBatchesWithinTheirBound() {
        CoalescingBatcher<String, Integer> batches = batches(10, 100);
        IntStream.range(0, 25).forEach(i -> batches.add("k" + i, i));

        Until.satisfied(
                () -> assertThat(taken.stream().mapToInt(Map::size).sum()).isEqualTo(25));
        assertThat(taken).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(10));
    }

    @Test
    void handsOnWithoutEndAsLongAsThereIsSomething() {
        CoalescingBatcher<String, Integer> batches = batches(1, 20_000);
        IntStream.range(0, 20_000).forEach(i -> batches.add("k" + i, i));

        batches.flush().block();

        Until.satisfied(() -> assertThat(taken).hasSize(20_000));
    }

    @Test
    void givesUpWhatThereIsNoPlaceForAndCountsIt() {
        failures = Integer.MAX_VALUE;
        CoalescingBatcher<String, Integer> batches = batches(10, 5);
        IntStream.range(0, 8).forEach(i -> batches.add("k" + i, i));
        batches.add("k0", 100);

        assertThat(givenUp.count()).isGreaterThanOrEqualTo(3);
        failures = 0;
        Until.satisfied(
                () -> assertThat(taken.stream().mapToInt(Map::size).sum()).isEqualTo(5));
        assertThat(taken).anySatisfy(batch -> assertThat(batch).containsEntry("k0", 100));
    }

    private CoalescingBatcher<String, Integer> batches(int maxBatch, int maxWaiting) {
        CoalescingBatcher.Bounds bounds =
                new CoalescingBatcher.Bounds(Duration.ofMillis(200), Duration.ofMillis(50), maxBatch, maxWaiting);
        return new CoalescingBatcher<>(bounds, Math::max, this::take, givenUp);
    }

    private Mono<Void> take(Map<String, Integer> batch) {
        if (failures > 0) {
            failures--;
            return Mono.error(new IllegalStateException("not now"));
        }
        taken.add(Map.copyOf(batch));
        return Mono.empty();
    }
}
