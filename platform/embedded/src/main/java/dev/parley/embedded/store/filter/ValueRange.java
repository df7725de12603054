package dev.parley.embedded.store.filter;

import dev.parley.embedded.store.key.Bytes;
import dev.parley.embedded.store.key.KeyEncoder;
import dev.parley.embedded.store.key.TypeTag;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encoded values from {@code start}, inclusive, to {@code end}, exclusive.
 *
 * @param point whether it holds one value only
 */
public record ValueRange(byte[] start, byte[] end, boolean point) {

    /** Every value there is; no encoding starts with 0x00 or 0xFF, inverted or not. */
    static final ValueRange ALL = new ValueRange(new byte[] {0x01}, new byte[] {(byte) 0xFF}, false);

    static ValueRange exactly(@Nullable Object value) {
        byte[] encoded = KeyEncoder.encode(value);
        return new ValueRange(encoded, after(encoded), true);
    }

    /** All values of the type. */
    static ValueRange ofType(TypeTag tag) {
        return new ValueRange(tag.prefix(), after(tag.prefix()), false);
    }

    /** Strings that start with the text. */
    public static ValueRange startingWith(String text) {
        byte[] encoded = KeyEncoder.encode(text);
        byte[] open = Arrays.copyOf(encoded, encoded.length - 2);
        return new ValueRange(open, after(open), false);
    }

    /** The values of the same type that the operator lets through: {@code $gt}, {@code $gte}, {@code $lt}, {@code $lte}. */
    static ValueRange compared(String operator, Object value) {
        ValueRange type = ofType(TypeTag.of(value));
        byte[] encoded = KeyEncoder.encode(value);
        return switch (operator) {
            case "$gt" -> new ValueRange(after(encoded), type.end, false);
            case "$gte" -> new ValueRange(encoded, type.end, false);
            case "$lt" -> new ValueRange(type.start, encoded, false);
            case "$lte" -> new ValueRange(type.start, after(encoded), false);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    /** The values in both ranges, or null when there are none. */
    @Nullable ValueRange intersection(ValueRange other) {
        byte[] latest = Arrays.compareUnsigned(start, other.start) >= 0 ? start : other.start;
        byte[] earliest = Arrays.compareUnsigned(end, other.end) <= 0 ? end : other.end;
        if (Arrays.compareUnsigned(latest, earliest) >= 0) {
            return null;
        }
        return new ValueRange(latest, earliest, point || other.point);
    }

    boolean isAll() {
        return Arrays.equals(start, ALL.start) && Arrays.equals(end, ALL.end);
    }

    public boolean contains(ValueRange other) {
        return Arrays.compareUnsigned(start, other.start) <= 0 && Arrays.compareUnsigned(end, other.end) >= 0;
    }

    /** The same values in a descending field, whose bytes are inverted. */
    ValueRange inverted() {
        return new ValueRange(after(Bytes.inverted(end)), after(Bytes.inverted(start)), point);
    }

    private static byte[] after(byte[] prefix) {
        return Objects.requireNonNull(Bytes.successor(prefix), "no key ends in 0xFF only");
    }
}
