package dev.parley.media.preview;

import dev.parley.media.content.ContentRules;
import dev.parley.media.content.ImageFormats;
import dev.parley.media.content.ImageSize;
import dev.parley.media.content.Orientation;
import dev.parley.platform.error.ApiException;
import java.awt.Graphics2D;
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

    /** The reader of WebP decodes all pixels before it leaves some out, so it gets fewer. */
    private static final int MAX_WEBP_PIXELS = 20_000_000;

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
        if (mimeType.equals("image/webp") && stored.pixels() > MAX_WEBP_PIXELS) {
            return new Preview(seen, null, null, null);
        }
        BufferedImage decoded = ImageFormats.read(mimeType, file.toFile(), reader -> decoded(reader, stored));
        BufferedImage small = turned(thumbnails.shrink(decoded), orientation);
        return new Preview(seen, null, null, thumbnails.write(small));
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

    /** A copy that holds nothing of the original but its pixels. */
    private static BufferedImage turned(BufferedImage image, Orientation orientation) {
        ImageSize stored = new ImageSize(image.getWidth(), image.getHeight());
        ImageSize seen = orientation.applyTo(stored);
        boolean alpha = image.getColorModel().hasAlpha();
        BufferedImage turned = new BufferedImage(
                seen.width(), seen.height(), alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = turned.createGraphics();
        graphics.drawImage(image, orientation.transform(stored), null);
        graphics.dispose();
        return turned;
    }
}
