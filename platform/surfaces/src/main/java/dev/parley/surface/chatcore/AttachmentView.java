package dev.parley.surface.chatcore;

import dev.parley.events.Block;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.FileUrls.Variant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file of a message.
 *
 * @param type {@code image}, {@code video}, {@code audio} or {@code document}, which everything else is
 * @param size in bytes
 * @param url of a file that the platform keeps, good for a while; otherwise as its sender gave it
 * @param duration in seconds
 * @param waveform how loud it is from its beginning to its end, each from 0 to 1
 */
public record AttachmentView(
        String id,
        String type,
        String url,
        @Nullable String thumbnailUrl,
        String filename,
        String mimeType,
        long size,
        @Nullable Dimensions dimensions,
        @Nullable Double duration,
        @Nullable List<Double> waveform) {

    /** In pixels. */
    public record Dimensions(int width, int height) {}

    /** The types that a client can name, in alphabetical order, and the kinds of files that they stand for. */
    public static final SortedMap<String, Block.MediaKind> TYPES =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
                    "image", Block.MediaKind.IMAGE,
                    "video", Block.MediaKind.VIDEO,
                    "audio", Block.MediaKind.AUDIO,
                    "document", Block.MediaKind.FILE)));

    private static final Map<Block.MediaKind, String> NAMES =
            TYPES.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    static AttachmentView of(Block.Media media, FileUrls urls) {
        String fileId = media.fileId();
        return new AttachmentView(
                media.id(),
                NAMES.getOrDefault(media.kind(), "document"),
                fileId == null
                        ? Objects.requireNonNullElse(media.url(), "")
                        : urls.ofAttachment(fileId, Variant.ORIGINAL),
                fileId == null ? media.thumbnailUrl() : thumbnail(fileId, media, urls),
                media.filename(),
                media.mimeType(),
                media.size(),
                media.width() == null || media.height() == null ? null : new Dimensions(media.width(), media.height()),
                media.duration(),
                media.waveform());
    }

    private static @Nullable String thumbnail(String fileId, Block.Media media, FileUrls urls) {
        return Boolean.TRUE.equals(media.hasThumbnail()) ? urls.ofAttachment(fileId, Variant.THUMBNAIL) : null;
    }
}
