package dev.parley.media.content;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * How a stored image is turned before it is shown (Exif 2.32, tag 0x0112).
 *
 * @param value 1 (as stored) to 8
 */
public record Orientation(int value) {

    private static final Orientation AS_STORED = new Orientation(1);
    private static final byte[] NAME = {'E', 'x', 'i', 'f', 0, 0};

    /** @param image from its beginning; it may be cut off behind its metadata */
    public static Orientation of(InputStream image) {
        try {
            return of(ImageMetadataReader.readMetadata(image));
        } catch (ImageProcessingException | IOException unreadable) {
            // Browsers show such an image as it is stored, too.
            return AS_STORED;
        }
    }

    private static Orientation of(Metadata metadata) {
        for (Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            Integer value = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            if (value != null && value >= 1 && value <= 8) {
                return new Orientation(value);
            }
        }
        return AS_STORED;
    }

    /** @param exif a block of metadata, with or without the name before it */
    static Orientation ofExif(byte[] exif) {
        boolean isNamed = exif.length >= NAME.length && Arrays.equals(exif, 0, NAME.length, NAME, 0, NAME.length);
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(exif, isNamed ? NAME.length : 0), metadata);
        return of(metadata);
    }

    /** A block of metadata that says nothing but this; empty for an image that is shown as it is stored. */
    byte[] exif() {
        return value == AS_STORED.value
                ? new byte[0]
                : new byte[] {
                    'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) value, 0, 0, 0, 0, 0, 0
                };
    }

    /** The size that people see. */
    public ImageSize applyTo(ImageSize stored) {
        return value >= 5 ? stored.turned() : stored;
    }

    /**
     * A copy of a stored image as people see it, which holds nothing of the original but its pixels.
     *
     * @param isOpaque whether one cannot see through the image
     */
    public BufferedImage turn(BufferedImage stored, boolean isOpaque) {
        ImageSize size = new ImageSize(stored.getWidth(), stored.getHeight());
        ImageSize seen = applyTo(size);
        BufferedImage turned = new BufferedImage(
                seen.width(), seen.height(), isOpaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = turned.createGraphics();
        graphics.drawImage(stored, transform(size), null);
        graphics.dispose();
        return turned;
    }

    /** Turns and mirrors an image of that stored size to what people see. */
    private AffineTransform transform(ImageSize stored) {
        int width = stored.width();
        int height = stored.height();
        return switch (value) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
