package dev.parley.media.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.media.TestFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataRemovalTest {

    private static final byte[] SECRET = TestFiles.ascii(TestFiles.SECRET);

    @Test
    void aJpegKeepsItsPixelsAndHowItIsTurned() throws IOException {
        byte[] withComment = TestFiles.withSegment(TestFiles.jpegWithMetadata(30, 20, 6), 0xfe, SECRET);
        byte[] photo = TestFiles.concat(withComment, SECRET);

        byte[] copy = copy("image/jpeg", photo);

        assertThat(text(copy)).doesNotContain(TestFiles.SECRET);
        assertThat(Orientation.of(new ByteArrayInputStream(copy)).value()).isEqualTo(6);
        assertSamePixels(copy, photo);
    }

    @Test
    void aJpegThatIsShownAsItIsStoredHasNoMetadataAtAll() throws IOException {
        assertThat(text(copy("image/jpeg", TestFiles.jpegWithMetadata(30, 20, 1))))
                .doesNotContain("Exif");
    }

    @Test
    void aPngKeepsItsPixelsAndHowItIsTurned() throws IOException {
        byte[] png = TestFiles.image("png", 30, 20);
        byte[] header = Arrays.copyOf(png, 33);
        byte[] photo = TestFiles.concat(
                header,
                chunk("tEXt", TestFiles.concat(TestFiles.ascii("Comment\0"), SECRET)),
                chunk("eXIf", exif()),
                Arrays.copyOfRange(png, 33, png.length),
                SECRET);

        byte[] copy = copy("image/png", photo);

        assertThat(text(copy)).doesNotContain(TestFiles.SECRET);
        assertThat(Orientation.of(new ByteArrayInputStream(copy)).value()).isEqualTo(6);
        assertSamePixels(copy, photo);
    }

    @Test
    void aWebpKeepsItsPixelsAndHowItIsTurned() throws IOException {
        byte[] webp = TestFiles.webp();
        byte[] image = Arrays.copyOfRange(webp, 12, webp.length);
        byte[] photo = riff(
                part("VP8X", new byte[] {0x0c, 0, 0, 0, 19, 0, 0, 9, 0, 0}),
                image,
                part("EXIF", exif()),
                part("XMP ", SECRET),
                part("OWN1", SECRET));

        byte[] copy = copy("image/webp", TestFiles.concat(photo, SECRET));

        assertThat(text(copy)).doesNotContain(TestFiles.SECRET).doesNotContain("XMP ");
        assertThat(copy).hasSameSizeAs(photo);
        assertThat(Orientation.of(new ByteArrayInputStream(copy)).value()).isEqualTo(6);
        assertSamePixels(copy, photo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/jpeg", "image/png", "image/webp"})
    void whatIsNoImageIsRefused(String mimeType) {
        assertThatThrownBy(() -> copy(mimeType, SECRET)).isInstanceOf(IOException.class);
    }

    private static byte[] copy(String mimeType, byte[] image) throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        MetadataRemoval.copy(mimeType, new ByteArrayInputStream(image), copy);
        return copy.toByteArray();
    }

    /** A description and an orientation. */
    private static byte[] exif() {
        byte[] jpeg = TestFiles.jpegWithMetadata(1, 1, 6);
        int length = ByteBuffer.wrap(jpeg).getShort(4) - 2;
        return Arrays.copyOfRange(jpeg, 6 + 6, 6 + length);
    }

    private static byte[] chunk(String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(TestFiles.concat(TestFiles.ascii(name), content));
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream output = new DataOutputStream(chunk);
        output.writeInt(content.length);
        output.writeBytes(name);
        output.write(content);
        output.writeInt((int) checksum.getValue());
        return chunk.toByteArray();
    }

    private static byte[] part(String name, byte[] content) {
        ByteBuffer part =
                ByteBuffer.allocate(8 + content.length + (content.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        part.put(TestFiles.ascii(name)).putInt(content.length).put(content);
        return part.array();
    }

    private static byte[] riff(byte[]... parts) {
        byte[] content = TestFiles.concat(TestFiles.ascii("WEBP"), TestFiles.concat(parts));
        ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        head.put(TestFiles.ascii("RIFF")).putInt(content.length);
        return TestFiles.concat(head.array(), content);
    }

    private static String text(byte[] image) {
        return new String(image, StandardCharsets.ISO_8859_1);
    }

    private static void assertSamePixels(byte[] copy, byte[] original) throws IOException {
        BufferedImage one = ImageIO.read(new ByteArrayInputStream(copy));
        BufferedImage other = ImageIO.read(new ByteArrayInputStream(original));
        int width = other.getWidth();
        int height = other.getHeight();
        assertThat(one.getRGB(0, 0, width, height, null, 0, width))
                .isEqualTo(other.getRGB(0, 0, width, height, null, 0, width));
    }
}
