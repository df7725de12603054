package dev.parley.media.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** The readers of the images that we take. Which one reads a file follows from its type, never from a guess of the library. */
public final class ImageFormats {

    /** The reader of WebP decodes all pixels before it leaves some out, so it gets fewer. */
    public static final long MAX_WEBP_PIXELS = 20_000_000;

    private static final Map<String, String> FORMATS =
            Map.of("image/jpeg", "JPEG", "image/png", "PNG", "image/gif", "GIF", "image/webp", "WEBP");

    static {
        // Files are read from the disk or from memory: a second copy on the disk helps nobody.
        ImageIO.setUseCache(false);
        ImageIO.scanForPlugins();
    }

    private ImageFormats() {}

    /** Finds the readers, which takes a moment: a service does so when it starts. */
    static void load() {
        FORMATS.keySet().forEach(ImageFormats::reader);
    }

    /** Whether there is a reader for a type. */
    public static boolean canRead(String mimeType) {
        return FORMATS.containsKey(mimeType);
    }

    /** What is read of an open image. */
    @FunctionalInterface
    public interface Reading<T extends @Nullable Object> {
        T of(ImageReader reader) throws IOException;
    }

    /**
     * Reads an image, and frees what that needed.
     *
     * @param source a file or a stream
     * @throws IOException if it cannot be read
     */
    public static <T extends @Nullable Object> T read(String mimeType, Object source, Reading<T> reading)
            throws IOException {
        ImageReader reader = reader(mimeType);
        try (var input = ImageIO.createImageInputStream(source)) {
            reader.setInput(input, true, true);
            return reading.of(reader);
        } catch (UncheckedIOException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | IllegalStateException broken) {
            // Readers of the library say so of files that break their format.
            throw new IOException("Not a readable image", broken);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(String mimeType) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(FORMATS.get(mimeType));
        if (!readers.hasNext()) {
            throw new IllegalStateException("No reader for " + mimeType);
        }
        return readers.next();
    }
}
