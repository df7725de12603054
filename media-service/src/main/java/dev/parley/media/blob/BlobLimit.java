package dev.parley.media.blob;

import dev.parley.media.MediaError;
import dev.parley.platform.error.ApiException;

/** How much a blob may have. */
final class BlobLimit {

    private BlobLimit() {}

    static ApiException exceeded(long maxSize) {
        return ApiException.of(MediaError.TOO_LARGE, "The file may have at most " + maxSize + " bytes");
    }
}
