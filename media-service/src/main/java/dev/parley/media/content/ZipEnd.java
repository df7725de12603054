package dev.parley.media.content;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The end of a ZIP archive (APPNOTE.TXT, 4.3.12 and 4.3.16). Programs look for it from the end of a file, so whatever the
 * file begins with, one that ends like that is an archive to them.
 */
final class ZipEnd {

    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;

    private final ByteBuffer tail;
    private final int end;

    private ZipEnd(ByteBuffer tail, int end) {
        this.tail = tail;
        this.end = end;
    }

    /** Empty if the file is no archive. Bytes behind the end are allowed for, as the more lenient programs do. */
    static Optional<ZipEnd> of(ContentSample sample) {
        ByteBuffer tail = ByteBuffer.wrap(sample.tail()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END_OF_DIRECTORY && isPlausible(tail, at, sample.size())) {
                return Optional.of(new ZipEnd(tail, at));
            }
        }
        return Optional.empty();
    }

    /** An archive of one volume, whose directory fits into the file. */
    private static boolean isPlausible(ByteBuffer tail, int at, long size) {
        boolean oneVolume = tail.getInt(at + 4) == 0 && tail.getShort(at + 8) == tail.getShort(at + 10);
        return oneVolume && Integer.toUnsignedLong(tail.getInt(at + 12)) < size;
    }

    /** The names of its entries; of a large directory the last ones, as far as the tail goes. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        int from = Math.max(0, end - tail.getInt(end + 12));
        for (int at = from; at <= end - ENTRY_LENGTH; at++) {
            if (tail.getInt(at) == ENTRY) {
                int length = Short.toUnsignedInt(tail.getShort(at + 28));
                int available = Math.min(length, end - at - ENTRY_LENGTH);
                names.add(new String(tail.array(), at + ENTRY_LENGTH, available, StandardCharsets.UTF_8));
                at += ENTRY_LENGTH + available - 1;
            }
        }
        return names;
    }
}
