package dev.parley.presence.stream;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The position of an event in the stream of a client: a client that received the event has also received everything before
 * it.
 *
 * <p>As text: the time in tenths of a second (6 digits), the lowest 24 bits of each partition's offset (4 digits each) and,
 * within a record, its partition (1 digit; 2 if there are more than 64) and the part (1 or 3 digits). The digits are those
 * of URL-safe Base64, the highest first. The reader completes the offsets from its own position, which is near as long as
 * the text is recent.
 *
 * @param time when the event was sent, by the clock of the node that sent it
 * @param position what was handled by then, including the record that is being handled
 * @param part which part of that record the event is; null if all parts of all records up to the position were sent
 */
public record StreamOffset(
        Instant time, StreamPosition position, @Nullable Part part) {

    /** The highest part number that a text can hold. A record has fewer parts: the participants of one system message. */
    public static final int MAX_PART = (1 << 18) - 1;

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int TIME_DIGITS = 6;
    private static final int OFFSET_DIGITS = 4;
    private static final int MAX_PART_DIGITS = 3;
    private static final long OFFSET_RANGE = 1L << (6 * OFFSET_DIGITS);
    private static final long MILLIS_PER_TICK = 100;
    private static final int DIGIT_VALUES = 64;

    /** The highest number of partitions that a text can hold. */
    static final int MAX_PARTITIONS = DIGIT_VALUES * DIGIT_VALUES;

    /**
     * @param partition the partition of the record
     * @param number counts the messages that the record causes, from 0 on
     */
    public record Part(int partition, int number) {}

    /** The offset of a client that has received everything up to a position. */
    public static StreamOffset after(Instant time, StreamPosition position) {
        return new StreamOffset(time, position, null);
    }

    /** The same offset at one part of a record. */
    public StreamOffset atPart(int partition, int number) {
        return new StreamOffset(time, position, new Part(partition, number));
    }

    public String format() {
        StringBuilder text = new StringBuilder(TIME_DIGITS + OFFSET_DIGITS * position.partitions() + 4);
        append(text, time.toEpochMilli() / MILLIS_PER_TICK, TIME_DIGITS);
        for (int partition = 0; partition < position.partitions(); partition++) {
            append(text, position.at(partition), OFFSET_DIGITS);
        }
        if (part != null) {
            append(text, part.partition(), partitionDigits(position.partitions()));
            int digits = part.number() < DIGIT_VALUES ? 1 : MAX_PART_DIGITS;
            append(text, Math.min(part.number(), MAX_PART), digits);
        }
        return text.toString();
    }

    /**
     * Reads an offset that a client sent; the text may be anything.
     *
     * @param current how far this node has read
     * @return empty if the text is not an offset of a stream with as many partitions
     */
    public static Optional<StreamOffset> parse(String text, StreamPosition current) {
        int partitions = current.partitions();
        int head = TIME_DIGITS + OFFSET_DIGITS * partitions;
        int partitionDigits = partitionDigits(partitions);
        int rest = text.length() - head;
        boolean isKnownLength = rest == 0 || rest == partitionDigits + 1 || rest == partitionDigits + MAX_PART_DIGITS;
        if (!isKnownLength || !isAllDigits(text)) {
            return Optional.empty();
        }
        Instant time = Instant.ofEpochMilli(number(text, 0, TIME_DIGITS) * MILLIS_PER_TICK);
        long[] last = new long[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            long low = number(text, TIME_DIGITS + OFFSET_DIGITS * partition, OFFSET_DIGITS);
            last[partition] = nearestOffset(low, current.at(partition));
        }
        StreamOffset offset = after(time, StreamPosition.of(last));
        if (rest == 0) {
            return Optional.of(offset);
        }
        int partition = (int) number(text, head, partitionDigits);
        int partNumber = (int) number(text, head + partitionDigits, rest - partitionDigits);
        return partition >= partitions ? Optional.empty() : Optional.of(offset.atPart(partition, partNumber));
    }

    /** The number of the part in an offset; -1 if it has none. */
    public static int partOf(String text, int partitions) {
        int before = TIME_DIGITS + OFFSET_DIGITS * partitions + partitionDigits(partitions);
        return text.length() <= before ? -1 : (int) number(text, before, text.length() - before);
    }

    private static int partitionDigits(int partitions) {
        return partitions <= DIGIT_VALUES ? 1 : 2;
    }

    /** The number with these low bits that is nearest to another number. */
    private static long nearestOffset(long low, long near) {
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
