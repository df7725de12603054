package dev.parley.media.chatcore;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file: {@code FileResponse} of the contract.
 *
 * @param type {@code image}, {@code video}, {@code audio} or {@code document}
 * @param size in bytes
 * @param status {@code pending}, {@code scanning}, {@code ready}, {@code infected} or {@code failed}
 * @param url where to load it; null unless it is ready
 * @param duration in seconds
 * @param uploadedBy a user id
 */
record StoredFileView(
        String id,
        String filename,
        String mimeType,
        String type,
        long size,
        @Nullable String sha256,
        String status,
        @Nullable String url,
        @Nullable Instant urlExpiresAt,
        @Nullable String thumbnailUrl,
        @Nullable Dimensions dimensions,
        @Nullable Double duration,
        @Nullable List<Double> waveform,
        @Nullable String conversationId,
        String uploadedBy,
        Instant createdAt) {

    /** In pixels, as it is seen. */
    record Dimensions(int width, int height) {}
}
