package dev.parley.media.content;

import java.io.IOException;
import javax.imageio.ImageReader;

/** The width and height of an image in pixels. */
public record ImageSize(int width, int height) {

    /** As the header of an image says it. */
    public static ImageSize of(ImageReader reader) throws IOException {
        return new ImageSize(reader.getWidth(0), reader.getHeight(0));
    }

    public long pixels() {
        return (long) width * height;
    }

    ImageSize turned() {
        return new ImageSize(height, width);
    }
}
