package dev.parley.presence.stream;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an event stands in the stream of a client, so that a client that has it has all before it.
 *
 * <p>As text: the time in tenths of a second (6 digits), the lowest 24 bits of each partition's offset (4 digits each),
 * then, within a record, its partition (1 digit; 2 where there are more than 64) and the part (1 or 3 digits). Digits are
 * those of URL-safe Base64, the highest first. What is left out of the offsets follows from where the reader stands, as long
 * as the text is young.
 *
 * @param time when the event was told, by the clock of the node that told it
 * @param position what was handled by then, with the record that is being handled
 * @param within the part of the record that the event is; null where nothing is left of any record
 */
public record StreamOffset(
        Instant time, StreamPosition position, @Nullable Part within) {

    /** The largest that has a text. A record has fewer parts: participants of one notice. */
    public static final int MAX_PART = (1 << 18) - 1;

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int TIME_DIGITS = 6;
    private static final int OFFSET_DIGITS = 4;
    private static final int MAX_PART_DIGITS = 3;
    private static final long OFFSET_RANGE = 1L << (6 * OFFSET_DIGITS);
    private static final long MILLIS = 100;
    private static final int DIGIT_VALUES = 64;

    /** The most partitions that a text can name. */
    public static final int MAX_PARTITIONS = DIGIT_VALUES * DIGIT_VALUES;

    /**
     * @param partition of the record
     * @param number which of the events that the record causes, in their order, from 0 on
     */
    public record Part(int partition, int number) {}

    /** Where one stands who has everything up to a position. */
    public static StreamOffset after(Instant time, StreamPosition position) {
        return new StreamOffset(time, position, null);
    }

    /** The same for another part of the same record. */
    public StreamOffset part(int partition, int number) {
        return new StreamOffset(time, position, new Part(partition, number));
    }

    public String format() {
        StringBuilder text = new StringBuilder(TIME_DIGITS + OFFSET_DIGITS * position.partitions() + 4);
        append(text, time.toEpochMilli() / MILLIS, TIME_DIGITS);
        for (int partition = 0; partition < position.partitions(); partition++) {
            append(text, position.at(partition), OFFSET_DIGITS);
        }
        if (within != null) {
            append(text, within.partition(), partitionDigits(position.partitions()));
            int digits = within.number() < DIGIT_VALUES ? 1 : MAX_PART_DIGITS;
            append(text, Math.min(within.number(), MAX_PART), digits);
        }
        return text.toString();
    }

    /**
     * Reads what a client gave back, which may be anything.
     *
     * @param present where the reader stands
     * @return empty if it is not the offset of a stream with as many partitions
     */
    public static Optional<StreamOffset> parse(String text, StreamPosition present) {
        int partitions = present.partitions();
        int head = TIME_DIGITS + OFFSET_DIGITS * partitions;
        int partitionDigits = partitionDigits(partitions);
        int rest = text.length() - head;
        boolean isKnownLength = rest == 0 || rest == partitionDigits + 1 || rest == partitionDigits + MAX_PART_DIGITS;
        if (!isKnownLength || !isAllDigits(text)) {
            return Optional.empty();
        }
        Instant time = Instant.ofEpochMilli(number(text, 0, TIME_DIGITS) * MILLIS);
        long[] last = new long[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            long low = number(text, TIME_DIGITS + OFFSET_DIGITS * partition, OFFSET_DIGITS);
            last[partition] = whole(low, present.at(partition));
        }
        StreamOffset offset = after(time, StreamPosition.of(last));
        if (rest == 0) {
            return Optional.of(offset);
        }
        int partition = (int) number(text, head, partitionDigits);
        int part = (int) number(text, head + partitionDigits, rest - partitionDigits);
        return partition >= partitions ? Optional.empty() : Optional.of(offset.part(partition, part));
    }

    /** The number of the part that an offset names; -1 if it names none. */
    public static int partOf(String text, int partitions) {
        int before = TIME_DIGITS + OFFSET_DIGITS * partitions + partitionDigits(partitions);
        return text.length() <= before ? -1 : (int) number(text, before, text.length() - before);
    }

    private static int partitionDigits(int partitions) {
        return partitions <= DIGIT_VALUES ? 1 : 2;
    }

    /** The number with these low bits that is nearest to another. */
    private static long whole(long low, long near) {
        long ahead = Math.floorMod(low - near, OFFSET_RANGE);
        return near + (ahead < OFFSET_RANGE / 2 ? ahead : ahead - OFFSET_RANGE);
    }

    private static void append(StringBuilder text, long number, int digits) {
        for (int shift = 6 * (digits - 1); shift >= 0; shift -= 6) {
            text.append(DIGITS.charAt((int) (number >> shift) & 63));
        }
    }

    private static long number(String text, int from, int digits) {
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number << 6 | DIGITS.indexOf(text.charAt(i));
        }
        return number;
    }

    private static boolean isAllDigits(String text) {
        return text.chars().allMatch(digit -> DIGITS.indexOf(digit) >= 0);
    }
}
