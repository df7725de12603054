package dev.parley.presence.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class BulkheadTest {

    private final Bulkhead turns = new Bulkhead(2);
    private final List<Integer> begun = new CopyOnWriteArrayList<>();
    private final List<Sinks.Empty<Void>> ends =
            IntStream.range(0, 6).mapToObj(i -> Sinks.<Void>empty()).toList();

    @Test
    void runsALimitedNumberOfActionsAndTheOthersInOrder() {
        IntStream.range(0, 5).forEach(this::begin);
        assertThat(begun).containsExactly(0, 1);

        ends.get(1).tryEmitEmpty();
        Until.satisfied(() -> assertThat(begun).containsExactly(0, 1, 2));
        ends.get(0).tryEmitError(new IllegalStateException("failed"));
        Until.satisfied(() -> assertThat(begun).containsExactly(0, 1, 2, 3));
    }

    @Test
    void aCancelledActionLeavesItsPlaceToTheNext() {
        Disposable first = begin(0);
        begin(1);
        Disposable third = begin(2);
        begin(3);

        third.dispose();
        first.dispose();

        Until.satisfied(() -> assertThat(begun).containsExactly(0, 1, 3));
        ends.get(1).tryEmitEmpty();
        ends.get(3).tryEmitEmpty();
        begin(4);
        begin(5);
        assertThat(begun).containsExactly(0, 1, 3, 4, 5);
    }

    private Disposable begin(int one) {
        return turns.run(Mono.defer(() -> {
                    begun.add(one);
                    return ends.get(one).asMono();
                }))
                .onErrorComplete()
                .subscribe();
    }
}
