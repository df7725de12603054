package dev.parley.media.content;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The size of a HEIC or AVIF image, which nothing else here can read: the largest of its "image spatial extents" (ISO/IEC
 * 23008-12, 6.5.3), turned as its "image rotation" says (6.5.10).
 */
final class HeifSize {

    private static final int EXTENTS = 0x69737065;
    private static final int EXTENTS_LENGTH = 20;
    private static final int ROTATION = 0x69726f74;
    private static final int ROTATION_LENGTH = 9;

    private HeifSize() {}

    static Optional<ImageSize> of(ContentSample sample) {
        ByteBuffer head = ByteBuffer.wrap(sample.head());
        ImageSize largest = null;
        boolean turned = false;
        for (int at = 0; at + EXTENTS_LENGTH <= head.limit(); at++) {
            if (head.getInt(at + 4) == EXTENTS && head.getInt(at) == EXTENTS_LENGTH) {
                ImageSize found = size(head.getInt(at + 12), head.getInt(at + 16));
                largest = largest == null || found.pixels() > largest.pixels() ? found : largest;
            } else if (head.getInt(at + 4) == ROTATION && head.getInt(at) == ROTATION_LENGTH) {
                turned = (head.get(at + 8) & 1) == 1;
            }
        }
        return Optional.ofNullable(largest == null || !turned ? largest : largest.turned());
    }

    /** A number that is too large for a size is the largest one: nobody takes such an image. */
    private static ImageSize size(int width, int height) {
        return new ImageSize(width < 0 ? Integer.MAX_VALUE : width, height < 0 ? Integer.MAX_VALUE : height);
    }
}
