package dev.parley.media.content;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The segments of a JPEG (ITU-T T.81, annex B). */
final class JpegMetadata {

    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int FIRST_RESTART = 0xD0;
    private static final int LAST_RESTART = 0xD7;
    private static final int FIRST_APPLICATION = 0xE0;
    private static final int LAST_APPLICATION = 0xEF;
    private static final int COMMENT = 0xFE;
    private static final String EXIF = "Exif\0\0";

    private JpegMetadata() {}

    static void removed(DataInputStream image, DataOutputStream copy) throws IOException {
        if (image.readUnsignedShort() != (0xFF00 | START)) {
            throw new IOException("Not a JPEG");
        }
        write(copy, START);
        int marker = next(image);
        while (marker != END) {
            int length = image.readUnsignedShort() - Short.BYTES;
            if (length < 0) {
                throw new IOException("Not a segment of a JPEG");
            }
            segment(marker, MetadataRemoval.read(image, length), copy);
            marker = marker == SCAN ? scan(image, copy) : next(image);
        }
        write(copy, END);
    }

    private static void segment(int marker, byte[] content, DataOutputStream copy) throws IOException {
        if (isNeeded(marker, content)) {
            write(marker, content, copy);
        } else if (startsWith(content, EXIF)) {
            byte[] turned = Orientation.ofExif(content).exif();
            if (turned.length > 0) {
                byte[] kept = new byte[EXIF.length() + turned.length];
                System.arraycopy(content, 0, kept, 0, EXIF.length());
                System.arraycopy(turned, 0, kept, EXIF.length(), turned.length);
                write(marker, kept, copy);
            }
        }
    }

    /** Colors depend on some of what applications may add. */
    private static boolean isNeeded(int marker, byte[] content) {
        boolean isAdded = marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION || marker == COMMENT;
        return !isAdded
                || startsWith(content, "JFIF\0")
                || startsWith(content, "ICC_PROFILE\0")
                || startsWith(content, "Adobe");
    }

    private static boolean startsWith(byte[] content, String ascii) {
        return content.length >= ascii.length()
                && new String(content, 0, ascii.length(), StandardCharsets.ISO_8859_1).equals(ascii);
    }

    private static void write(int marker, byte[] content, DataOutputStream copy) throws IOException {
        write(copy, marker);
        copy.writeShort(content.length + Short.BYTES);
        copy.write(content);
    }

    private static void write(DataOutputStream copy, int marker) throws IOException {
        copy.write(0xFF);
        copy.write(marker);
    }

    /** Copies the pixels up to the next marker, and returns that. An image that is cut off is shown as far as it goes. */
    private static int scan(DataInputStream image, DataOutputStream copy) throws IOException {
        for (int value = image.read(); value >= 0; value = image.read()) {
            if (value != 0xFF) {
                copy.write(value);
                continue;
            }
            int marker = afterFill(image);
            if (marker != 0 && (marker < FIRST_RESTART || marker > LAST_RESTART)) {
                return marker < 0 ? END : marker;
            }
            write(copy, marker);
        }
        return END;
    }

    private static int next(DataInputStream image) throws IOException {
        int marker = image.readUnsignedByte() == 0xFF ? afterFill(image) : 0;
        if (marker <= 0) {
            throw marker < 0 ? new EOFException() : new IOException("Not a marker of a JPEG");
        }
        return marker;
    }

    /** Any number of these bytes may stand before a marker. */
    private static int afterFill(DataInputStream image) throws IOException {
        int value = image.read();
        while (value == 0xFF) {
            value = image.read();
        }
        return value;
    }
}
