package dev.parley.media.content;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/** The chunks of a PNG (W3C, Portable Network Graphics, chapter 11). */
final class PngMetadata {

    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int CHECKSUM = 4;
    private static final String EXIF = "eXIf";
    private static final String END = "IEND";
    private static final int MAX_EXIF = 1 << 20;

    /** Beside those that no image can be shown without. */
    private static final Set<String> NEEDED = Set.of(
            "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs", "acTL", "fcTL",
            "fdAT");

    private PngMetadata() {}

    static void removed(DataInputStream image, DataOutputStream copy) throws IOException {
        if (image.readLong() != SIGNATURE) {
            throw new IOException("Not a PNG");
        }
        copy.writeLong(SIGNATURE);
        String name;
        do {
            int length = image.readInt();
            if (length < 0) {
                throw new IOException("Not a chunk of a PNG");
            }
            name = new String(MetadataRemoval.read(image, 4), StandardCharsets.ISO_8859_1);
            if (Character.isUpperCase(name.charAt(0)) || NEEDED.contains(name)) {
                copy.writeInt(length);
                copy.writeBytes(name);
                pass(image, copy, (long) length + CHECKSUM);
            } else if (name.equals(EXIF) && length <= MAX_EXIF) {
                turned(Orientation.ofExif(MetadataRemoval.read(image, length)), copy);
                image.skipNBytes(CHECKSUM);
            } else {
                image.skipNBytes((long) length + CHECKSUM);
            }
        } while (!name.equals(END));
    }

    private static void pass(DataInputStream image, DataOutputStream copy, long length) throws IOException {
        byte[] buffer = new byte[8192];
        for (long left = length; left > 0; ) {
            int read = image.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException();
            }
            copy.write(buffer, 0, read);
            left -= read;
        }
    }

    private static void turned(Orientation orientation, DataOutputStream copy) throws IOException {
        byte[] exif = orientation.exif();
        if (exif.length > 0) {
            CRC32 checksum = new CRC32();
            checksum.update(EXIF.getBytes(StandardCharsets.ISO_8859_1));
            checksum.update(exif);
            copy.writeInt(exif.length);
            copy.writeBytes(EXIF);
            copy.write(exif);
            copy.writeInt((int) checksum.getValue());
        }
    }
}
