package dev.parley.embedded.store.key;

/**
 * Encodes numbers in the order of their values: as the greatest double that is not above the number. For a long that is not
 * a double itself, the difference follows. NaN comes first.
 */
final class NumberEncoding {

    private NumberEncoding() {}

    static void append(Number number, KeyBuffer out) {
        if (number instanceof Long value) {
            appendLong(value, out);
        } else {
            appendDouble(number.doubleValue(), out);
            out.put(0);
        }
    }

    private static void appendLong(long value, KeyBuffer out) {
        double floor = value;
        // 2^63 is checked by itself, because a cast turns it into the greatest long.
        if (floor == 0x1p63 || (long) floor > value) {
            floor = Math.nextDown(floor);
        }
        long distance = value - (long) floor;
        appendDouble(floor, out);
        if (distance == 0) {
            out.put(0);
        } else {
            out.put(1);
            out.putShort((int) distance);
        }
    }

    private static void appendDouble(double value, KeyBuffer out) {
        if (Double.isNaN(value)) {
            out.putLong(0);
            return;
        }
        long bits = Double.doubleToRawLongBits(value == 0.0 ? 0.0 : value);
        out.putLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }
}
