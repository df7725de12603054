package dev.parley.media.preview;

import dev.parley.media.content.ImageSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a file before it is loaded, as far as it could be made.
 *
 * @param size of an image or a video as people see it
 * @param duration in seconds
 * @param waveform how loud a sound is from its beginning to its end, from 0 to 1
 */
public record Preview(
        @Nullable ImageSize size,
        @Nullable Double duration,
        @Nullable List<Double> waveform,
        @Nullable Thumbnail thumbnail) {

    public static final Preview NONE = new Preview(null, null, null, null);

    /** A small picture, which holds nothing but its pixels. */
    public record Thumbnail(byte[] content, Format format) {}

    public enum Format {
        JPEG("jpg"),
        PNG("png");

        private final String extension;

        Format(String extension) {
            this.extension = extension;
        }

        /** What its blob's key ends with, by which its type is known. */
        public String extension() {
            return extension;
        }
    }
}
