package dev.parley.media.avatar;

import dev.parley.media.MediaError;
import dev.parley.media.content.ContentSettings;
import dev.parley.media.content.ImageFormats;
import dev.parley.media.content.ImageSize;
import dev.parley.media.content.Orientation;
import dev.parley.platform.error.ApiException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.geometry.Positions;
import org.springframework.stereotype.Component;

/** Makes square pictures: the middle of an image, turned as people see it, of an animation the first picture. */
@Component
final class SquarePictures {

    private static final double QUALITY = 0.85;

    /**
     * A square picture.
     *
     * @param side in pixels
     */
    record Square(byte[] content, String mimeType, int side) {}

    /** The types that avatars are made of. */
    private enum Source {
        JPEG("image/jpeg", 0xff, 0xd8, 0xff),
        PNG("image/png", 0x89, 'P', 'N', 'G'),
        GIF("image/gif", 'G', 'I', 'F', '8'),
        WEBP("image/webp", 'R', 'I', 'F', 'F');

        private final String mimeType;
        private final byte[] beginning;

        Source(String mimeType, int... beginning) {
            this.mimeType = mimeType;
            this.beginning = new byte[beginning.length];
            for (int i = 0; i < beginning.length; i++) {
                this.beginning[i] = (byte) beginning[i];
            }
        }

        private boolean begins(byte[] image) {
            return image.length >= beginning.length
                    && Arrays.equals(image, 0, beginning.length, beginning, 0, beginning.length);
        }
    }

    private final long maxPixels;
    private final int maxSide;

    SquarePictures(ContentSettings content, AvatarSettings settings) {
        this.maxPixels = content.maxImagePixels();
        this.maxSide = settings.size();
    }

    /**
     * Works for some time on the calling thread.
     *
     * @throws ApiException with {@link MediaError#EMPTY}, {@link MediaError#TYPE_NOT_ALLOWED} if it is no JPEG, PNG, GIF or WebP, {@link
     *     MediaError#IMAGE_TOO_LARGE} or {@link MediaError#TYPE_MISMATCH} if it cannot be read
     */
    Square of(byte[] image) {
        if (image.length == 0) {
            throw ApiException.of(MediaError.EMPTY, "The picture is empty");
        }
        String type = Arrays.stream(Source.values())
                .filter(source -> source.begins(image))
                .map(source -> source.mimeType)
                .findFirst()
                .orElseThrow(() -> ApiException.of(
                        MediaError.TYPE_NOT_ALLOWED, "An avatar is made of a JPEG, PNG, GIF or WebP image"));
        try {
            return square(image, type);
        } catch (IOException broken) {
            throw ApiException.of(MediaError.TYPE_MISMATCH, "The image cannot be read");
        }
    }

    private Square square(byte[] image, String type) throws IOException {
        ImageSize stored = ImageFormats.read(type, new ByteArrayInputStream(image), ImageSize::of);
        long max = type.equals(Source.WEBP.mimeType) ? Math.min(maxPixels, ImageFormats.MAX_WEBP_PIXELS) : maxPixels;
        if (stored.pixels() > max) {
            throw ApiException.of(MediaError.IMAGE_TOO_LARGE, "An image has at most " + max + " pixels here");
        }
        BufferedImage decoded =
                ImageFormats.read(type, new ByteArrayInputStream(image), reader -> decoded(reader, stored));
        int middle = Math.min(decoded.getWidth(), decoded.getHeight());
        int side = Math.min(middle, maxSide);
        BufferedImage small = Thumbnails.of(decoded)
                .sourceRegion(Positions.CENTER, middle, middle)
                .forceSize(side, side)
                .asBufferedImage();
        boolean isOpaque = !decoded.getColorModel().hasAlpha();
        BufferedImage turned = Orientation.of(new ByteArrayInputStream(image)).turn(small, isOpaque);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Thumbnails.of(turned)
                .scale(1)
                .outputFormat(isOpaque ? "jpg" : "png")
                .outputQuality(QUALITY)
                .toOutputStream(content);
        return new Square(content.toByteArray(), isOpaque ? Source.JPEG.mimeType : Source.PNG.mimeType, side);
    }

    /** Leaves out rows and columns of a large image while it is decoded, so that memory does not grow with it. */
    private BufferedImage decoded(ImageReader reader, ImageSize stored) throws IOException {
        int step = Math.max(1, Math.min(stored.width(), stored.height()) / (2 * maxSide));
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, param);
    }
}
