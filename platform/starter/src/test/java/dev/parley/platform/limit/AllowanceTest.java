package dev.parley.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final long NOW = Long.MAX_VALUE - 5;

    @Test
    void letsABurstThroughAndThenOneInEachInterval() {
        Allowance allowance = new Allowance(2, 3, NOW);

        for (int i = 0; i < 3; i++) {
            assertThat(allowance.take(NOW)).isZero();
        }
        assertThat(allowance.take(NOW)).isEqualTo(Duration.ofMillis(500));
        assertThat(allowance.take(later(499))).isEqualTo(Duration.ofMillis(1));
        assertThat(allowance.take(later(500))).isZero();
        assertThat(allowance.take(later(500))).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void holdsNoMoreThanTheBurstHoweverLongNothingIsTaken() {
        Allowance allowance = new Allowance(2, 3, NOW);

        for (int i = 0; i < 3; i++) {
            assertThat(allowance.take(later(60_000))).isZero();
        }
        assertThat(allowance.take(later(60_000))).isPositive();
    }

    @Test
    void givesTurnsInTheOrderAskedForAsLongAsTheyComeInTime() {
        Allowance allowance = new Allowance(2, 1, NOW);
        Duration longest = Duration.ofSeconds(1);

        assertThat(allowance.reserve(NOW, longest)).contains(Duration.ZERO);
        assertThat(allowance.reserve(NOW, longest)).contains(Duration.ofMillis(500));
        assertThat(allowance.reserve(NOW, longest)).contains(Duration.ofSeconds(1));
        assertThat(allowance.reserve(NOW, longest)).isEmpty();
        assertThat(allowance.reserve(later(500), longest)).contains(Duration.ofSeconds(1));
    }

    @Test
    void givesATurnThatIsGivenBackToTheNext() {
        Allowance allowance = new Allowance(2, 1, NOW);
        Duration longest = Duration.ofMillis(500);
        allowance.take(NOW);
        assertThat(allowance.reserve(NOW, longest)).isPresent();
        assertThat(allowance.reserve(NOW, longest)).isEmpty();

        allowance.giveBack();

        assertThat(allowance.reserve(NOW, longest)).contains(longest);
    }

    private static long later(long millis) {
        return NOW + Duration.ofMillis(millis).toNanos();
    }
}
