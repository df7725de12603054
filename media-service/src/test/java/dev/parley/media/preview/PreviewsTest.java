package dev.parley.media.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.media.TestFiles;
import dev.parley.media.content.ImageFormats;
import dev.parley.media.content.ImageSize;
import dev.parley.media.content.TestRules;
import dev.parley.media.preview.Preview.Format;
import dev.parley.platform.error.ApiException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class PreviewsTest {

    private static final PreviewSettings SETTINGS = settings(Duration.ofSeconds(20));

    @TempDir
    private Path folder;

    private final Previews previews = new Previews(TestRules.withPixels(10_000_000), SETTINGS);

    @ParameterizedTest
    @CsvSource({
        "jpeg, 640, 320, 64, 32",
        "png, 320, 640, 32, 64",
        "gif, 300, 300, 64, 64",
        "jpeg, 40, 20, 40, 20",
        "png, 3000, 1, 64, 1"
    })
    void shrinksAnImage(String format, int width, int height, int small, int smallHeight) throws IOException {
        Preview preview = preview(TestFiles.image(format, width, height), "image/" + format);

        assertThat(preview.size()).isEqualTo(new ImageSize(width, height));
        assertThat(size(picture(preview))).isEqualTo(new ImageSize(small, smallHeight));
    }

    @Test
    void readsAWebp() throws IOException {
        assertThat(size(picture(preview(TestFiles.webp(), "image/webp")))).isEqualTo(new ImageSize(20, 10));
    }

    /** Red is on the left of what is stored, blue on the right. */
    @ParameterizedTest
    @CsvSource({"1, left", "2, right", "3, right", "4, left", "5, top", "6, top", "7, bottom", "8, bottom"})
    void turnsAnImageAsPeopleSeeIt(int orientation, String red) throws IOException {
        Preview preview = preview(TestFiles.jpegWithMetadata(200, 100, orientation), "image/jpeg");

        BufferedImage picture = picture(preview);
        boolean turned = orientation >= 5;
        assertThat(preview.size()).isEqualTo(turned ? new ImageSize(100, 200) : new ImageSize(200, 100));
        assertThat(size(picture)).isEqualTo(turned ? new ImageSize(32, 64) : new ImageSize(64, 32));
        int right = picture.getWidth() - 4;
        int bottom = picture.getHeight() - 4;
        Color color =
                switch (red) {
                    case "left" -> new Color(picture.getRGB(4, bottom / 2));
                    case "right" -> new Color(picture.getRGB(right, bottom / 2));
                    case "top" -> new Color(picture.getRGB(right / 2, 4));
                    default -> new Color(picture.getRGB(right / 2, bottom));
                };
        assertThat(color.getRed()).isGreaterThan(200);
        assertThat(color.getBlue()).isLessThan(80);
    }

    @Test
    void leavesNoMetadataInTheThumbnail() throws IOException {
        byte[] photo = TestFiles.jpegWithMetadata(200, 100, 6);
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains(TestFiles.SECRET, "Exif");

        assertThat(new String(preview(photo, "image/jpeg").thumbnail().content(), StandardCharsets.ISO_8859_1))
                .doesNotContain(TestFiles.SECRET)
                .doesNotContain("Exif");
    }

    @Test
    void keepsWhatOneCanSeeThrough() throws IOException {
        BufferedImage clear = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
        Path file = folder.resolve("clear.png");
        ImageIO.write(clear, "png", file.toFile());

        Preview preview = previews.of(file, "image/png");

        assertThat(preview.thumbnail().format()).isEqualTo(Format.PNG);
        assertThat(picture(preview).getRGB(5, 5) >>> 24).isZero();
        assertThat(preview(TestFiles.image("png", 100, 100), "image/png")
                        .thumbnail()
                        .format())
                .isEqualTo(Format.JPEG);
    }

    @Test
    void refusesToDecodeABomb() {
        assertThatThrownBy(() -> preview(TestFiles.pngThatSays(60_000, 60_000), "image/png"))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> preview(TestFiles.pngThatSays(3000, 3000), "image/png"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void drawsTheFirstPageOfAPdf() throws IOException {
        BufferedImage page = picture(preview(TestFiles.pdf(), "application/pdf"));

        assertThat(page.getHeight()).isEqualTo(64);
        assertThat(page.getWidth()).isBetween(44, 46);
        assertThat(new Color(page.getRGB(20, 10)).getBlue()).isGreaterThan(200);
        assertThat(new Color(page.getRGB(20, 54)).getBlue()).isLessThan(80);
    }

    @Test
    void failsForABrokenPdf() {
        assertThatThrownBy(() -> preview("%PDF-1.7 and no more".getBytes(StandardCharsets.US_ASCII), "application/pdf"))
                .isInstanceOf(IOException.class);
    }

    /** Each form shows the next one eight times, twenty times over. */
    @Test
    void endsAPdfThatTakesTooLong() throws IOException {
        StringBuilder pdf = new StringBuilder("""
                %PDF-1.4
                1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
                2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
                3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</XObject<</F 10 0 R>>>>/Contents 4 0 R>> endobj
                4 0 obj <</Length 5>> stream
                /F Do
                endstream endobj
                """);
        String shown = "/F Do ".repeat(8);
        for (int form = 10; form < 30; form++) {
            pdf.append(form)
                    .append(" 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</F ")
                    .append(form + 1)
                    .append(" 0 R>>>>/Length ")
                    .append(shown.length())
                    .append(">> stream\n")
                    .append(shown)
                    .append("\nendstream endobj\n");
        }
        pdf.append(
                "30 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Length 11>> stream\n0 0 9 9 re f\nendstream endobj\n");
        Path file = Files.writeString(folder.resolve("content"), pdf + "trailer <</Root 1 0 R>>\n%%EOF\n");
        Previews impatient = new Previews(TestRules.withPixels(1), settings(Duration.ofSeconds(4)));
        long begun = System.nanoTime();

        assertThatThrownBy(() -> impatient.of(file, "application/pdf")).isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(30));
    }

    /** A thread that works past its time is interrupted. */
    @Test
    void readsAnImageNoFurtherWhenNobodyWaitsForItAnyMore() throws IOException {
        Path file = Files.write(folder.resolve("content"), TestFiles.jpeg(2000, 2000));
        try {
            assertThatThrownBy(() -> ImageFormats.read("image/jpeg", file.toFile(), reader -> {
                        Thread.currentThread().interrupt();
                        return reader.read(0);
                    }))
                    .isInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static PreviewSettings settings(Duration timeout) {
        return new PreviewSettings(
                64, "ffmpeg", "ffprobe", timeout, DataSize.ofGigabytes(2), DataSize.ofMegabytes(128));
    }

    @Test
    void drawsTheWaveformOfASound() throws IOException {
        assumeFfmpeg();

        Preview preview = preview(TestFiles.wav(), "audio/wav");

        assertThat(preview.duration()).isCloseTo(1.0, within(0.05));
        assertThat(preview.waveform()).hasSize(64).allMatch(level -> level >= 0 && level <= 1);
        assertThat(preview.waveform().subList(0, 30)).containsOnly(0.0);
        assertThat(preview.waveform().subList(34, 64)).allMatch(level -> level > 0.8);
    }

    @ParameterizedTest
    @CsvSource({"mp4, video/mp4, libx264", "webm, video/webm, libvpx"})
    void showsAPictureOfAVideo(String extension, String mimeType, String codec) throws Exception {
        assumeFfmpeg();
        Path film = folder.resolve("film." + extension);
        make(film, "-f", "lavfi", "-i", "color=red:s=320x160:d=2:r=10", "-c:v", codec, "-pix_fmt", "yuv420p");

        Preview preview = previews.of(film, mimeType);

        assertThat(preview.size()).isEqualTo(new ImageSize(320, 160));
        assertThat(preview.duration()).isCloseTo(2.0, within(0.2));
        BufferedImage poster = picture(preview);
        assertThat(size(poster)).isEqualTo(new ImageSize(64, 32));
        assertThat(new Color(poster.getRGB(10, 10)).getRed()).isGreaterThan(200);
    }

    @Test
    void opensNoOtherFileThanTheOneItWasGiven() throws Exception {
        assumeFfmpeg();
        Path secret = folder.resolve("secret.wav");
        Files.write(secret, TestFiles.wav());
        Path list = folder.resolve("list.mp4");
        Files.writeString(list, "#EXTM3U\n#EXTINF:1,\nfile://" + secret + "\n#EXT-X-ENDLIST\n");

        assertThatThrownBy(() -> previews.of(list, "audio/mp4")).isInstanceOf(IOException.class);
    }

    @Test
    void endsAProgramThatTakesTooLong() {
        ChildProcess process = new ChildProcess(Duration.ofSeconds(1), DataSize.ofMegabytes(500));
        long begun = System.nanoTime();

        assertThatThrownBy(() -> process.run(List.of("sleep", "60"), output -> output.readAllBytes()))
                .isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void endsAProgramThatTakesTooMuchMemory() {
        ChildProcess process = new ChildProcess(Duration.ofSeconds(20), DataSize.ofMegabytes(100));
        String greedy = "head -c 400000000 /dev/zero | tail";

        assertThatThrownBy(() -> process.run(List.of("/bin/sh", "-c", greedy), output -> output.readNBytes(1)))
                .isInstanceOf(IOException.class);
    }

    private static void assumeFfmpeg() {
        assumeTrue(new MediaTools(SETTINGS).canRead("audio/wav"), "ffmpeg is not installed");
    }

    private static void make(Path file, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
        command.addAll(List.of(arguments));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private Preview preview(byte[] content, String mimeType) throws IOException {
        Path file = Files.write(folder.resolve("content"), content);
        return previews.of(file, mimeType);
    }

    private static BufferedImage picture(Preview preview) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(preview.thumbnail().content()));
    }

    private static ImageSize size(BufferedImage image) {
        return new ImageSize(image.getWidth(), image.getHeight());
    }
}
