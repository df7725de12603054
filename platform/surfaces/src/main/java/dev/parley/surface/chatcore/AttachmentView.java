package dev.parley.surface.chatcore;

import dev.parley.events.Block;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file of a message.
 *
 * @param type {@code image}, {@code video}, {@code audio} or {@code document}, which everything else is
 * @param size in bytes
 * @param duration in seconds
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
        @Nullable Double duration) {

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

    static AttachmentView of(Block.Media media) {
        return new AttachmentView(
                media.id(),
                NAMES.getOrDefault(media.kind(), "document"),
                media.url(),
                media.thumbnailUrl(),
                media.filename(),
                media.mimeType(),
                media.size(),
                media.width() == null || media.height() == null ? null : new Dimensions(media.width(), media.height()),
                media.duration());
    }
}
