package dev.parley.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class OptimisticUpdateTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final OptimisticUpdate UPDATE = new OptimisticUpdate(4, Duration.ofMillis(1), Duration.ofMillis(20));

    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();

    private final Mono<Integer> read = Mono.fromSupplier(() -> {
        reads.incrementAndGet();
        return stored.get();
    });

    @Test
    void allChangesAtOnceTakeEffect() {
        OptimisticUpdate patient = new OptimisticUpdate(1_000, Duration.ofMillis(1), Duration.ofMillis(20));

        Flux.range(0, 50)
                .flatMap(i -> patient.run(read, this::increment, IllegalStateException::new))
                .blockLast(TIMEOUT);

        assertThat(stored).hasValue(50);
        assertThat(writes).hasValueGreaterThan(50);
    }

    @Test
    void eachAttemptDecidesByTheNewestState() {
        assertThat(UPDATE.run(read, this::lostTwice, IllegalStateException::new).block(TIMEOUT))
                .isEqualTo(101);
        assertThat(reads).hasValue(3);
    }

    @Test
    void givesUpWithTheFailureOfTheCaller() {
        StepVerifier.create(UPDATE.run(read, this::lost, () -> new IllegalArgumentException("busy")))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("busy"))
                .verify(TIMEOUT);
        assertThat(writes).hasValue(4);
    }

    @Test
    void whatIsNotThereIsNotTriedAgain() {
        StepVerifier.create(UPDATE.run(Mono.<Integer>empty(), this::increment, IllegalStateException::new))
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void aFailureIsNotTriedAgain() {
        StepVerifier.create(UPDATE.run(read, this::refused, IllegalStateException::new))
                .expectErrorMessage("no")
                .verify(TIMEOUT);
        assertThat(writes).hasValue(1);
    }

    @Test
    void aStateThatIsKnownIsReadOnlyAfterAConflict() {
        Mono<Integer> update = UPDATE.run(0, read, this::increment, IllegalStateException::new);

        assertThat(update.block(TIMEOUT)).isEqualTo(1);
        assertThat(reads).hasValue(0);
        assertThat(update.block(TIMEOUT)).isEqualTo(2);
        assertThat(reads).hasValue(1);
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> new OptimisticUpdate(0, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OptimisticUpdate(1, Duration.ofMillis(2), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Mono<Integer> increment(int seen) {
        return Mono.delay(Duration.ofMillis(1)).flatMap(tick -> {
            writes.incrementAndGet();
            return stored.compareAndSet(seen, seen + 1) ? Mono.just(seen + 1) : Mono.empty();
        });
    }

    /** Somebody else is faster, twice. */
    private Mono<Integer> lostTwice(int seen) {
        if (writes.incrementAndGet() < 3) {
            stored.addAndGet(50);
        }
        return stored.compareAndSet(seen, seen + 1) ? Mono.just(seen + 1) : Mono.empty();
    }

    private Mono<Integer> lost(int seen) {
        writes.incrementAndGet();
        return Mono.empty();
    }

    private Mono<Integer> refused(int seen) {
        writes.incrementAndGet();
        return Mono.error(new IllegalStateException("no"));
    }
}
