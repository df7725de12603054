package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a message's content. A list of blocks is the canonical content of a message; text with attachments and
 * title with content are views of it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Block.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Block.Media.class, name = "media")
})
public sealed interface Block {

    /** What the content is written in. */
    enum Format {
        PLAIN,
        MARKDOWN,
        HTML
    }

    /** What kind of file a media block shows. */
    enum MediaKind {
        IMAGE,
        VIDEO,
        AUDIO,
        FILE
    }

    /**
     * Written text.
     *
     * @param content the text as its author wrote it, in {@code format}
     * @param plainText the same without markup: what is previewed and searched
     */
    record Text(Format format, String content, String plainText) implements Block {

        public static Text plain(String text) {
            return new Text(Format.PLAIN, text, text);
        }
    }

    /**
     * A file, shown according to its kind.
     *
     * @param id the sender's or the media service's id of the attachment
     * @param size in bytes
     * @param width in pixels
     * @param height in pixels
     * @param duration in seconds
     */
    record Media(
            MediaKind kind,
            String id,
            String url,
            @Nullable String thumbnailUrl,
            String filename,
            String mimeType,
            long size,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Double duration)
            implements Block {}
}
