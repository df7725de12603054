package dev.parley.media.delivery;

import dev.parley.media.MediaError;
import dev.parley.media.file.StoredFile;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.file.FileUrls.Variant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One form of a file, as it is served: the bytes under a key never change.
 *
 * @param key of the blob
 * @param size in bytes; null where only the blob store knows it
 * @param mimeType of these bytes
 * @param filename under which it is saved
 * @param inline whether a browser may show it; anything else is only saved
 * @param etag a strong validator, with its quotation marks
 */
record FileContent(String key, @Nullable Long size, String mimeType, String filename, boolean inline, String etag) {

    /** What browsers show without running anything. */
    private static final Set<String> SAFE_IMAGES =
            Set.of("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp");

    private static final String PNG = ".png";

    /** @throws ApiException as {@link StoredFile#requireReady} does, or with {@link MediaError#NOT_FOUND} */
    static FileContent of(StoredFile file, Variant variant) {
        file.requireReady();
        return switch (variant) {
            case ORIGINAL -> original(file);
            case THUMBNAIL -> thumbnail(file);
        };
    }

    private static FileContent original(StoredFile file) {
        return new FileContent(
                file.uploaded().key(),
                file.uploaded().size(),
                file.mimeType(),
                file.filename(),
                isSafe(file.mimeType()),
                '"' + file.sha256() + '"');
    }

    private static FileContent thumbnail(StoredFile file) {
        StoredFile.Media media = file.media();
        if (media == null || media.thumbnailKey() == null) {
            throw ApiException.of(MediaError.NOT_FOUND, "The file has no preview");
        }
        boolean png = media.thumbnailKey().endsWith(PNG);
        return new FileContent(
                media.thumbnailKey(),
                null,
                png ? "image/png" : "image/jpeg",
                "preview" + (png ? PNG : ".jpg"),
                true,
                '"' + file.sha256() + "-preview\"");
    }

    private static boolean isSafe(String mimeType) {
        return SAFE_IMAGES.contains(mimeType) || mimeType.startsWith("audio/") || mimeType.startsWith("video/");
    }
}
