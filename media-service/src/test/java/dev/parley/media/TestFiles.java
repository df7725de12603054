package dev.parley.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Makes the files that tests upload. */
public final class TestFiles {

    /** What must not be left in a preview. */
    public static final String SECRET = "52.5163N 13.3777E";

    private static final int PNG_HEADER = 8 + 4 + 4 + 13 + 4;

    private TestFiles() {}

    /** The left half is red, the right half is blue, so that one sees how it is turned. */
    public static byte[] image(String format, int width, int height) {
        boolean transparent = !format.equals("jpeg");
        BufferedImage image = new BufferedImage(
                width, height, transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        return written(out -> ImageIO.write(image, format, out));
    }

    public static byte[] jpeg(int width, int height) {
        return image("jpeg", width, height);
    }

    /** A JPEG with metadata that holds {@link #SECRET} and says how the image is to be turned. */
    public static byte[] jpegWithMetadata(int width, int height, int orientation) {
        byte[] secret = (SECRET + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4 + secret.length);
        tiff.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 2);
        tiff.putShort((short) 0x010e).putShort((short) 2).putInt(secret.length).putInt(8 + 2 + 2 * 12 + 4);
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        tiff.putInt(0).put(secret);
        return withSegment(
                jpeg(width, height), 0xe1, concat("Exif\0\0".getBytes(StandardCharsets.US_ASCII), tiff.array()));
    }

    /** Puts a segment behind the first two bytes of a JPEG. */
    public static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        byte[] head = ByteBuffer.allocate(6)
                .put(jpeg, 0, 2)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (content.length + 2))
                .array();
        return concat(head, content, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    /** A small PNG whose header says another size. */
    public static byte[] pngThatSays(int width, int height) {
        byte[] png = image("png", 1, 1);
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, width).putInt(20, height);
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        header.putInt(PNG_HEADER - 4, (int) sum.getValue());
        return png;
    }

    /** One colour, 20 by 10 pixels, without loss: of each code there is one symbol, so pixels take no bits. */
    public static byte[] webp() {
        byte[] data = HexFormat.of().parseHex("2f1340021007101111" + "8888fe0700");
        ByteBuffer file = ByteBuffer.allocate(20 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF"))
                .putInt(12 + data.length)
                .put(ascii("WEBPVP8L"))
                .putInt(data.length)
                .put(data);
        return file.array();
    }

    public static byte[] zip(String... names) {
        return written(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (String name : names) {
                    zip.putNextEntry(new ZipEntry(name));
                    zip.write(ascii("content"));
                }
            }
        });
    }

    public static byte[] pdf() {
        return written(out -> {
            try (PDDocument document = new PDDocument()) {
                PDPage page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.setNonStrokingColor(Color.RED);
                    content.addRect(0, 0, PDRectangle.A4.getWidth(), PDRectangle.A4.getHeight() / 2);
                    content.fill();
                }
                document.save(out);
            }
        });
    }

    /** A sound of 8,000 samples a second: silence, then a square wave, half a second each. */
    public static byte[] wav() {
        int samples = 8_000;
        ByteBuffer file = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(36 + 2 * samples).put(ascii("WAVEfmt ")).putInt(16);
        file.putShort((short) 1)
                .putShort((short) 1)
                .putInt(8_000)
                .putInt(16_000)
                .putShort((short) 2)
                .putShort((short) 16);
        file.put(ascii("data")).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            file.putShort((short) (i < samples / 2 ? 0 : i / 10 % 2 == 0 ? 20_000 : -20_000));
        }
        return file.array();
    }

    /** The beginning of an ISO base media file of that brand. */
    public static byte[] isoMedia(String brand) {
        return concat(new byte[] {0, 0, 0, 24}, ascii("ftyp" + brand), new byte[4], ascii("isommp42"), new byte[200]);
    }

    /** The beginning of a HEIC or AVIF that says its size. */
    public static byte[] heif(String brand, int width, int height) {
        byte[] extents = ByteBuffer.allocate(20)
                .putInt(20)
                .put(ascii("ispe"))
                .putInt(0)
                .putInt(width)
                .putInt(height)
                .array();
        return concat(isoMedia(brand), extents, new byte[50]);
    }

    public static byte[] concat(byte[]... parts) {
        return written(out -> {
            for (byte[] part : parts) {
                out.write(part);
            }
        });
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private interface Writing {
        void to(ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writing.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
