package dev.parley.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionWatermarkTest {

    private final PartitionWatermark watermark = new PartitionWatermark();

    @Test
    void advancesWhenTheLastPartitionHasReadTheEvent() {
        watermark.setPartitions(Set.of(0, 1, 2));
        assertThat(watermark.advance(0, at(1))).isFalse();
        assertThat(watermark.advance(1, at(1))).isFalse();
        assertThat(watermark.advance(0, at(2))).isFalse();
        assertThat(watermark.advance(2, at(1))).isTrue();

        assertThat(watermark.advance(2, at(2))).isFalse();
        assertThat(watermark.advance(0, at(3))).isFalse();
        assertThat(watermark.advance(1, at(2))).isTrue();
    }

    @Test
    void advancesWithTheNextEventIfAPartitionMissedOne() {
        watermark.setPartitions(Set.of(0, 1));
        watermark.advance(0, at(1));
        assertThat(watermark.advance(0, at(2))).isFalse();

        assertThat(watermark.advance(1, at(2))).isTrue();
    }

    @Test
    void advancesAfterTheClockWasSetBack() {
        watermark.setPartitions(Set.of(0, 1));
        watermark.advance(0, at(100));
        watermark.advance(1, at(100));
        watermark.advance(0, at(1));
        watermark.advance(1, at(1));

        assertThat(watermark.advance(0, at(2))).isFalse();
        assertThat(watermark.advance(1, at(2))).isTrue();
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
