package dev.parley.presence.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamOffsetTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00.300Z");

    @Test
    void isParsedAtAnyNearbyPosition() {
        Random random = new Random(7);
        for (int round = 0; round < 10_000; round++) {
            int partitions = 1 + random.nextInt(round % 10 == 0 ? 300 : 8);
            long[] told = random.longs(partitions, -1, 1L << 40).toArray();
            long[] present = new long[partitions];
            for (int i = 0; i < partitions; i++) {
                present[i] = Math.max(-1, told[i] + random.nextInt(2_000_000) - 1_000_000);
            }
            StreamOffset offset =
                    StreamOffset.after(NOW.plusMillis(100L * random.nextInt(100_000)), StreamPosition.of(told));
            if (random.nextBoolean()) {
                offset = offset.atPart(random.nextInt(partitions), random.nextInt(20_000));
            }

            assertThat(StreamOffset.parse(offset.format(), StreamPosition.of(present)))
                    .contains(offset);
        }
    }

    @Test
    void containsThePart() {
        StreamOffset offset = StreamOffset.after(NOW, StreamPosition.of(1, 2));

        assertThat(StreamOffset.partOf(offset.format(), 2)).isEqualTo(-1);
        for (int part : new int[] {0, 1, 63, 64, 10_000, StreamOffset.MAX_PART}) {
            assertThat(StreamOffset.partOf(offset.atPart(1, part).format(), 2)).isEqualTo(part);
        }
    }

    @Test
    void containsThePartitionHoweverManyThereAre() {
        for (int partitions : new int[] {63, 64, 65, 200, StreamOffset.MAX_PARTITIONS}) {
            StreamPosition position = StreamPosition.of(new long[partitions]);
            StreamOffset offset = StreamOffset.after(NOW, position).atPart(partitions - 1, 5);

            assertThat(StreamOffset.parse(offset.format(), position)).contains(offset);
            assertThat(StreamOffset.partOf(offset.format(), partitions)).isEqualTo(5);
        }
    }

    @Test
    void isShort() {
        StreamOffset offset = StreamOffset.after(NOW, StreamPosition.of(new long[8]));

        assertThat(offset.atPart(7, 3).format()).hasSize(40);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "AAAAAAAAAA",
                "AAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAA",
                "AAAAAA AAAAAAA",
                "AAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAé",
                "AAAAAAAAAAAAAACA",
                "AAAAAAAAAAAAAA_A",
                "AAAAAAAAAAAAAA\u0000A"
            })
    void rejectsEveryOtherText(String text) {
        assertThat(StreamOffset.parse(text, StreamPosition.of(5, 5))).isEmpty();
    }

    @Test
    void parsingNeverThrows() {
        Random random = new Random(8);
        for (int round = 0; round < 10_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : 'A' + random.nextInt(26)));
            }

            StreamOffset.parse(text.toString(), StreamPosition.of(random.nextInt(), random.nextLong()))
                    .ifPresent(offset -> assertThat(offset.format()).isEqualTo(text.toString()));
        }
    }
}
