package dev.parley.media.preview;

import dev.parley.media.preview.Preview.Format;
import dev.parley.media.preview.Preview.Thumbnail;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Makes thumbnails of pixels: JPEG, or PNG where one can see through. */
final class Thumbnails {

    private static final double QUALITY = 0.8;

    private final int size;

    Thumbnails(int size) {
        this.size = size;
    }

    /** Pixels of the longer side. */
    int size() {
        return size;
    }

    /** Never larger than the image. */
    BufferedImage shrink(BufferedImage image) throws IOException {
        if (image.getWidth() <= size && image.getHeight() <= size) {
            return image;
        }
        return net.coobird.thumbnailator.Thumbnails.of(image).size(size, size).asBufferedImage();
    }

    Thumbnail write(BufferedImage image) throws IOException {
        Format format = canBeSeenThrough(image) ? Format.PNG : Format.JPEG;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        net.coobird.thumbnailator.Thumbnails.of(image)
                .scale(1)
                .outputFormat(format.extension())
                .outputQuality(QUALITY)
                .toOutputStream(content);
        return new Thumbnail(content.toByteArray(), format);
    }

    private static boolean canBeSeenThrough(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        if (!colors.hasAlpha()) {
            return false;
        }
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                if (pixel >>> 24 != 0xff) {
                    return true;
                }
            }
        }
        return false;
    }
}
