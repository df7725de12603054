package dev.parley.media.preview;

import dev.parley.media.content.ContentRules;
import dev.parley.media.content.ImageFormats;
import dev.parley.media.content.ImageSize;
import dev.parley.media.content.Orientation;
import dev.parley.platform.error.ApiException;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** Makes thumbnails of images: of the first picture of an animation, and turned as people see it. */
final class ImagePreviews {

    private final ContentRules rules;
    private final Thumbnails thumbnails;

    ImagePreviews(ContentRules rules, Thumbnails thumbnails) {
        this.rules = rules;
        this.thumbnails = thumbnails;
    }

    /**
     * @throws ApiException if the image is too large
     * @throws IOException if it cannot be read
     */
    Preview of(Path file, String mimeType) throws IOException {
        ImageSize stored = ImageFormats.read(mimeType, file.toFile(), ImageSize::of);
        rules.requireNotTooLarge(stored);
        Orientation orientation = orientation(file);
        ImageSize seen = orientation.applyTo(stored);
        if (mimeType.equals("image/webp") && stored.pixels() > ImageFormats.MAX_WEBP_PIXELS) {
            return new Preview(seen, null, null, null);
        }
        BufferedImage decoded = ImageFormats.read(mimeType, file.toFile(), reader -> decoded(reader, stored));
        BufferedImage small = thumbnails.shrink(decoded);
        boolean isOpaque = !small.getColorModel().hasAlpha();
        return new Preview(seen, null, null, thumbnails.write(orientation.turn(small, isOpaque)));
    }

    private static Orientation orientation(Path file) throws IOException {
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            return Orientation.of(content);
        }
    }

    /** Leaves out rows and columns of a large image while it is decoded, so that memory does not grow with it. */
    private BufferedImage decoded(ImageReader reader, ImageSize stored) throws IOException {
        int longer = Math.max(stored.width(), stored.height());
        int step = Math.max(1, longer / (2 * thumbnails.size()));
        ImageReadParam param = reader.getDefaultReadParam();
        if (step <= Math.min(stored.width(), stored.height())) {
            param.setSourceSubsampling(step, step, 0, 0);
        }
        return reader.read(0, param);
    }
}
