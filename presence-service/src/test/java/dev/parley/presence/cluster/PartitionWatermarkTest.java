package dev.parley.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionWatermarkTest {

    private final PartitionWatermark beats = new PartitionWatermark();

    @Test
    void aBeatIsWholeWhenThePartitionThatIsFarthestBehindHeardIt() {
        beats.partitions(Set.of(0, 1, 2));
        assertThat(beats.heard(0, at(1))).isFalse();
        assertThat(beats.heard(1, at(1))).isFalse();
        assertThat(beats.heard(0, at(2))).isFalse();
        assertThat(beats.heard(2, at(1))).isTrue();

        assertThat(beats.heard(2, at(2))).isFalse();
        assertThat(beats.heard(0, at(3))).isFalse();
        assertThat(beats.heard(1, at(2))).isTrue();
    }

    @Test
    void aBeatThatOnePartitionMissedIsMadeUpForByTheNext() {
        beats.partitions(Set.of(0, 1));
        beats.heard(0, at(1));
        assertThat(beats.heard(0, at(2))).isFalse();

        assertThat(beats.heard(1, at(2))).isTrue();
    }

    @Test
    void aClockThatIsSetBackStopsNoBeats() {
        beats.partitions(Set.of(0, 1));
        beats.heard(0, at(100));
        beats.heard(1, at(100));
        beats.heard(0, at(1));
        beats.heard(1, at(1));

        assertThat(beats.heard(0, at(2))).isFalse();
        assertThat(beats.heard(1, at(2))).isTrue();
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
