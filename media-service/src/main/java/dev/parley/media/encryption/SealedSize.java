package dev.parley.media.encryption;

import dev.parley.media.blob.BlobStore.Range;

/**
 * What of an encrypted content is where: the header, then segments of 64 KiB and a tag each, of which only the last may be shorter. It
 * follows from the size alone, so any part can be read without what stands before it.
 *
 * @param stored bytes of the whole as it is stored
 */
record SealedSize(long stored) {

    static final int SEGMENT = 64 * 1024;
    static final int TAG = 16;
    static final int SEALED_SEGMENT = SEGMENT + TAG;

    SealedSize {
        if (stored < SealedHeader.BYTES + TAG) {
            throw new IllegalStateException("Too short to be an encrypted content");
        }
    }

    /** At least one, which may be empty. */
    long segments() {
        return (stored - SealedHeader.BYTES - 1) / SEALED_SEGMENT + 1;
    }

    /** Bytes of the content itself. */
    long plain() {
        return stored - SealedHeader.BYTES - segments() * TAG;
    }

    /** The segments that a part of the content lies in, as they are stored. */
    static Range stored(Range part) {
        long first = part.from() / SEGMENT;
        long last = part.to() / SEGMENT;
        return Range.of(SealedHeader.BYTES + first * SEALED_SEGMENT, (last - first + 1) * SEALED_SEGMENT);
    }
}
