package dev.parley.media.content;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;

/**
 * Copies images without what tells where, when and with what they were made. The pixels stay as they are, byte for byte, and so does
 * the way in which the image is turned. What stands behind the image is left out.
 */
public final class MetadataRemoval {

    /** Copies images of one format. */
    @FunctionalInterface
    private interface Copying {
        void copy(DataInputStream image, DataOutputStream copy) throws IOException;
    }

    private static final Map<String, Copying> FORMATS = Map.of(
            "image/jpeg",
            JpegMetadata::removed,
            "image/png",
            PngMetadata::removed,
            "image/webp",
            WebpMetadata::removed);

    private MetadataRemoval() {}

    public static boolean canBeDoneTo(String mimeType) {
        return FORMATS.containsKey(mimeType);
    }

    /**
     * Blocks.
     *
     * @param mimeType one that {@linkplain #canBeDoneTo can be read}
     * @throws IOException if the image is none, or cannot be read or written
     */
    public static void copy(String mimeType, InputStream image, OutputStream copy) throws IOException {
        DataOutputStream output = new DataOutputStream(new BufferedOutputStream(copy));
        Objects.requireNonNull(FORMATS.get(mimeType), mimeType)
                .copy(new DataInputStream(new BufferedInputStream(image)), output);
        output.flush();
    }

    /** @throws IOException if there are less bytes */
    static byte[] read(DataInputStream image, int length) throws IOException {
        byte[] bytes = new byte[length];
        image.readFully(bytes);
        return bytes;
    }
}
