package dev.parley.media.processing;

import dev.parley.media.blob.BlobKeys;
import dev.parley.media.preview.Preview.Format;

/** Makes the keys of thumbnails' blobs. */
final class ThumbnailKeys {

    private ThumbnailKeys() {}

    static String next(Format format) {
        return BlobKeys.next() + "." + format.extension();
    }
}
