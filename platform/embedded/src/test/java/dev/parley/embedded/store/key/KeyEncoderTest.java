package dev.parley.embedded.store.key;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyEncoderTest {

    private static int compare(Object first, Object second) {
        return Integer.signum(Arrays.compareUnsigned(KeyEncoder.encode(first), KeyEncoder.encode(second)));
    }

    @Test
    void ordersTypesAsMongoDbDoes() {
        List<Object> ascending = new ArrayList<>();
        ascending.add(MinKey.getInstance());
        ascending.add(null);
        ascending.addAll(List.of(
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                -3L,
                -0.5,
                0,
                1,
                1.5,
                Double.POSITIVE_INFINITY,
                "",
                "a",
                "a\0",
                "a\0b",
                "ab",
                "b",
                "é",
                "漢",
                "\uFF21",
                "😀",
                new Document(),
                new Document("a", 1),
                new Document("a", 1).append("b", 1),
                new Document("a", 2),
                new Document("a", "text"),
                List.of(),
                List.of(1),
                List.of(1, 2),
                List.of(2),
                new BinData(new byte[] {9}),
                new BinData(new byte[] {1, 2}),
                new UUID(1, 1),
                new UUID(-1, 1),
                new ObjectId(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}),
                false,
                true,
                Instant.ofEpochMilli(-5),
                Instant.EPOCH,
                Instant.ofEpochMilli(5),
                new BsonTimestamp(1),
                new BsonTimestamp(-1),
                MaxKey.getInstance()));

        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                assertThat(compare(ascending.get(i), ascending.get(j)))
                        .as("%s and %s", ascending.get(i), ascending.get(j))
                        .isEqualTo(Integer.signum(Integer.compare(i, j)));
            }
        }
    }

    @Test
    void takesEqualNumbersOfDifferentTypesForEqual() {
        assertThat(compare(1, 1L)).isZero();
        assertThat(compare(1, 1.0)).isZero();
        assertThat(compare(0.0, -0.0)).isZero();
        assertThat(compare(1L << 60, (double) (1L << 60))).isZero();
    }

    @Test
    void ordersLongsAndDoublesByTheirExactValues() {
        Random random = new Random(1);
        List<Number> numbers = new ArrayList<>(List.of(
                Long.MAX_VALUE, Long.MIN_VALUE, 0x1p63, -0x1p63, (1L << 53) + 1, 0x1p53, -(1L << 53) - 1, -0x1p53));
        for (int i = 0; i < 300; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            numbers.addAll(List.of(value, value + 1, (double) value, value / 3.0));
        }
        Comparator<Number> exact = Comparator.comparing(KeyEncoderTest::exactly);

        for (Number first : numbers) {
            for (Number second : numbers) {
                assertThat(compare(first, second))
                        .as("%s and %s", first, second)
                        .isEqualTo(exact.compare(first, second));
            }
        }
    }

    private static BigDecimal exactly(Number number) {
        return number instanceof Long value ? BigDecimal.valueOf(value) : new BigDecimal(number.doubleValue());
    }

    @Test
    void noEncodingIsAPrefixOfAnother() {
        List<Object> values = List.of("", "a", "ab", "a\0", List.of(), List.of("a"), List.of("a", "b"), 1, 2, 1L << 62);
        for (Object first : values) {
            for (Object second : values) {
                if (!first.equals(second)) {
                    assertThat(startsWith(KeyEncoder.encode(first), KeyEncoder.encode(second)))
                            .as("%s starts with %s", first, second)
                            .isFalse();
                }
            }
        }
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
