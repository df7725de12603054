package dev.parley.media.content;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * The chunks of a WebP (RFC 9649). The size of the file stands before them: what is removed is overwritten, as a chunk that
 * readers skip.
 */
final class WebpMetadata {

    private static final int MAX_CHUNK = 1 << 26;
    private static final int XMP_FLAG = 0x04;
    private static final Set<String> NEEDED = Set.of("VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP");

    private WebpMetadata() {}

    static void removed(DataInputStream image, DataOutputStream copy) throws IOException {
        String riff = name(image);
        int size = Integer.reverseBytes(image.readInt());
        String webp = name(image);
        if (!riff.equals("RIFF") || !webp.equals("WEBP") || size < 4) {
            throw new IOException("Not a WebP");
        }
        copy.writeBytes(riff);
        copy.writeInt(Integer.reverseBytes(size));
        copy.writeBytes(webp);
        for (long left = size - 4L; left >= 8; ) {
            String name = name(image);
            int length = Integer.reverseBytes(image.readInt());
            int padded = length + (length & 1);
            if (length < 0 || padded < 0 || padded > Math.min(left - 8 + 1, MAX_CHUNK)) {
                throw new IOException("Not a chunk of a WebP");
            }
            // The last chunk may come without the byte that fills it up.
            byte[] content = MetadataRemoval.read(image, (int) Math.min(padded, left - 8));
            boolean isNeeded = NEEDED.contains(name) || name.equals("VP8X") || name.equals("EXIF");
            copy.writeBytes(isNeeded ? name : "JUNK");
            copy.writeInt(Integer.reverseBytes(length));
            copy.write(NEEDED.contains(name) ? content : cleaned(name, content));
            left -= 8 + content.length;
        }
    }

    private static byte[] cleaned(String name, byte[] content) {
        if (name.equals("VP8X")) {
            content[0] &= ~XMP_FLAG;
            return content;
        }
        byte[] turned = name.equals("EXIF") ? Orientation.ofExif(content).exif() : new byte[0];
        return Arrays.copyOf(turned.length <= content.length ? turned : new byte[0], content.length);
    }

    private static String name(DataInputStream image) throws IOException {
        return new String(MetadataRemoval.read(image, 4), StandardCharsets.ISO_8859_1);
    }
}
