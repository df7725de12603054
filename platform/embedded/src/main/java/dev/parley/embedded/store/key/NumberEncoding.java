package dev.parley.embedded.store.key;

/**
 * Numbers in order of value: the greatest double that is not above the number, and, for a long that no double equals,
 * the distance from it. NaN comes first.
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
        // The cast of 2^63 saturates at the greatest long, so the double is asked as well.
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
