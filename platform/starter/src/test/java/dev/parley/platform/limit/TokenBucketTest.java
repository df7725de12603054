package dev.parley.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long NOW = Long.MAX_VALUE - 5;

    @Test
    void letsABurstThroughAndThenOneInEachInterval() {
        TokenBucket bucket = new TokenBucket(2, 3, NOW);

        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(NOW)).isZero();
        }
        assertThat(bucket.take(NOW)).isEqualTo(Duration.ofMillis(500));
        assertThat(bucket.take(later(499))).isEqualTo(Duration.ofMillis(1));
        assertThat(bucket.take(later(500))).isZero();
        assertThat(bucket.take(later(500))).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void holdsNoMoreThanTheBurstHoweverLongNothingIsTaken() {
        TokenBucket bucket = new TokenBucket(2, 3, NOW);

        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(later(60_000))).isZero();
        }
        assertThat(bucket.take(later(60_000))).isPositive();
    }

    @Test
    void givesTurnsInTheOrderAskedForAsLongAsTheyComeInTime() {
        TokenBucket bucket = new TokenBucket(2, 1, NOW);
        Duration longest = Duration.ofSeconds(1);

        assertThat(bucket.reserve(NOW, longest)).contains(Duration.ZERO);
        assertThat(bucket.reserve(NOW, longest)).contains(Duration.ofMillis(500));
        assertThat(bucket.reserve(NOW, longest)).contains(Duration.ofSeconds(1));
        assertThat(bucket.reserve(NOW, longest)).isEmpty();
        assertThat(bucket.reserve(later(500), longest)).contains(Duration.ofSeconds(1));
    }

    @Test
    void givesATurnThatIsGivenBackToTheNext() {
        TokenBucket bucket = new TokenBucket(2, 1, NOW);
        Duration longest = Duration.ofMillis(500);
        bucket.take(NOW);
        assertThat(bucket.reserve(NOW, longest)).isPresent();
        assertThat(bucket.reserve(NOW, longest)).isEmpty();

        bucket.giveBack();

        assertThat(bucket.reserve(NOW, longest)).contains(longest);
    }

    @Test
    void takesManyAtOnceOrNone() {
        TokenBucket bucket = new TokenBucket(60, Duration.ofMinutes(1), 5, NOW);

        assertThat(bucket.take(6, NOW)).isPositive();
        assertThat(bucket.take(3, NOW)).isZero();
        assertThat(bucket.take(4, NOW)).isEqualTo(Duration.ofSeconds(2));
        assertThat(bucket.take(0, NOW)).isZero();
        assertThat(bucket.take(2, NOW)).isZero();
        assertThat(bucket.take(5, later(4_999))).isEqualTo(Duration.ofMillis(1));
        assertThat(bucket.take(5, later(5_000))).isZero();
    }

    private static long later(long millis) {
        return NOW + Duration.ofMillis(millis).toNanos();
    }
}
