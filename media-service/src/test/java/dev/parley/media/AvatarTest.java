package dev.parley.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.blob.BlobStore;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Purpose;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The pictures of people, whichever way they come. */
class AvatarTest extends MediaServiceTest {

    private static final String AVATAR = "/api/v1/users/me/avatar";
    private static final byte[] PICTURE = image("jpg", 800, 600, Color.RED, Color.BLUE);

    /** Exif of a camera that was held upright (orientation 6), with what must not be told. */
    private static final byte[] EXIF = HexFormat.of()
            .parseHex("ffe10030" + "457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100060000"
                    + "00000000" + "536563726574506c61636521" + "0000");

    private static final DisposableServer ELSEWHERE = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get("/picture", (request, response) -> response.header("Content-Type", "image/jpeg")
                            .sendByteArray(Mono.just(PICTURE)))
                    .get("/page", (request, response) -> response.header("Content-Type", "text/html")
                            .sendString(Mono.just("hello"))))
            .bindNow();

    @Autowired
    private FileStore files;

    @Autowired
    private BlobStore blobs;

    @AfterAll
    static void stop() {
        ELSEWHERE.disposeNow();
    }

    @Test
    void isTheSquareInTheMiddleAsPeopleSeeItWithoutMetadata() throws IOException {
        byte[] photo = withExif(PICTURE);
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains("SecretPlace");

        Answer changed = upload(alice, "image/jpeg", photo);

        assertThat(changed.status()).as("%s", changed.body()).isEqualTo(200);
        StoredFile avatar = avatarOf(alice);
        assertThat(changed.body().path("avatarUrl").asString())
                .contains("/api/v1/storage/content/" + avatar.id() + "?")
                .contains("signature=");
        assertThat(avatar.purpose()).isEqualTo(Purpose.AVATAR);
        assertThat(avatar.expiresAt()).isNull();
        byte[] content = content(avatar);
        assertThat(new String(content, StandardCharsets.ISO_8859_1)).doesNotContain("SecretPlace", "Exif");
        BufferedImage shown = ImageIO.read(new ByteArrayInputStream(content));
        assertThat(shown.getWidth()).isEqualTo(512);
        assertThat(shown.getHeight()).isEqualTo(512);
        // The camera saw red on the left; turned by a quarter, that is above.
        assertThat(isMostly(shown.getRGB(256, 20), Color.RED)).isTrue();
        assertThat(isMostly(shown.getRGB(256, 490), Color.BLUE)).isTrue();
        assertThat(as(alice).get("/api/v1/storage/files").body().path("data")).isEmpty();
    }

    @Test
    void isNoLargerThanItsPictureAndSeenThroughWhereThatIs() throws IOException {
        upload(alice, "image/png", image("png", 40, 30, new Color(0, 0, 0, 0), Color.GREEN));

        StoredFile avatar = avatarOf(alice);
        assertThat(avatar.mimeType()).isEqualTo("image/png");
        BufferedImage shown = ImageIO.read(new ByteArrayInputStream(content(avatar)));
        assertThat(shown.getWidth()).isEqualTo(30);
        assertThat(shown.getRGB(1, 1) >>> 24).isZero();
    }

    @Test
    void isTheSameForTheSamePictureWhicheverWayItComes() {
        String encoded = Base64.getEncoder().encodeToString(PICTURE);

        Answer uploaded = upload(alice, "image/jpeg", PICTURE);
        assertThat(upload(alice, "image/jpeg", PICTURE).body()).isEqualTo(uploaded.body());
        assertThat(sync(alice, Map.of("base64", encoded)).body()).isEqualTo(uploaded.body());
        assertThat(sync(alice, Map.of("base64", "data:image/jpeg;base64," + encoded))
                        .body())
                .isEqualTo(uploaded.body());
        assertThat(sync(alice, Map.of("url", elsewhere("/picture"))).body()).isEqualTo(uploaded.body());

        assertThat(TestUsers.avatarsOf(alice)).hasSize(1);
        assertThat(sync(bob, Map.of("base64", encoded)).body()).isNotEqualTo(uploaded.body());
    }

    @Test
    void replacesTheFormerOneWhichIsDeletedAndCanComeBack() {
        upload(alice, "image/jpeg", PICTURE);
        StoredFile first = avatarOf(alice);
        upload(alice, "image/png", image("png", 30, 30, Color.RED, Color.RED));

        assertThat(avatarOf(alice).id()).isNotEqualTo(first.id());
        assertThat(files.byId(first.id()).map(file -> file.expiresAt() != null).block())
                .isNotEqualTo(false);

        Answer again = upload(alice, "image/jpeg", PICTURE);
        if (again.status() == 200) {
            assertThat(avatarOf(alice).id()).isEqualTo(first.id());
            assertThat(avatarOf(alice).expiresAt()).isNull();
        } else {
            assertThat(again.code()).as("while it is being deleted").isEqualTo("service.unavailable");
        }
    }

    static Stream<Arguments> badPictures() {
        byte[] bomb = Uploads.PNG.clone();
        System.arraycopy(HexFormat.of().parseHex("0001000000010000"), 0, bomb, 16, 8);
        return Stream.of(
                Arguments.of("empty", new byte[0], 400, "file.empty"),
                Arguments.of("text", "hello".getBytes(), 415, "file.type-not-allowed"),
                Arguments.of(
                        "svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(), 415, "file.type-not-allowed"),
                Arguments.of("cut off", Arrays.copyOf(PICTURE, 30), 415, "file.type-mismatch"),
                Arguments.of("bomb", bomb, 415, "file.image-too-large"),
                Arguments.of("large", Arrays.copyOf(PICTURE, 5 * 1024 * 1024 + 1), 413, "file.too-large"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPictures")
    void isMadeOfNothingElse(String why, byte[] content, int status, String code) {
        Answer refused = upload(alice, "image/png", content);

        assertThat(refused.status()).as("%s", refused.body()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(TestUsers.avatarsOf(alice)).isEmpty();
    }

    static Stream<Arguments> badSources() {
        return Stream.<Supplier<Arguments>>of(
                        () -> Arguments.of(Map.of(), 400, "request.invalid"),
                        () -> Arguments.of(
                                Map.of("url", "https://example.org", "base64", "AAAA"), 400, "request.invalid"),
                        () -> Arguments.of(Map.of("url", 7), 400, "request.invalid"),
                        () -> Arguments.of(Map.of("url", "file:///etc/passwd"), 400, "url.not-allowed"),
                        () -> Arguments.of(Map.of("url", "http://0x7f.1/picture"), 400, "url.not-allowed"),
                        () -> Arguments.of(Map.of("url", elsewhere("/nothing")), 400, "url.not-fetched"),
                        () -> Arguments.of(Map.of("url", elsewhere("/page")), 415, "file.type-not-allowed"),
                        () -> Arguments.of(Map.of("base64", "?!"), 400, "file.empty"),
                        () -> Arguments.of(Map.of("base64", "aGVsbG8="), 415, "file.type-not-allowed"))
                .map(Supplier::get);
    }

    @ParameterizedTest
    @MethodSource("badSources")
    void comesFromNowhereElse(Map<String, ?> source, int status, String code) {
        Answer refused = sync(alice, source);

        assertThat(refused.status()).as("%s", refused.body()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(TestUsers.avatarsOf(alice)).isEmpty();
    }

    private Answer upload(String userId, String mimeType, byte[] picture) {
        return uploads()
                .putForm(
                        AVATAR,
                        TestTokens.tokenFor(userId, TENANT),
                        Uploads.form(Uploads.filePart("me", mimeType, picture)));
    }

    private Answer sync(String userId, Map<String, ?> source) {
        return as(userId).post(AVATAR + "/sync", source);
    }

    private static String elsewhere(String path) {
        return "http://127.0.0.1:" + ELSEWHERE.port() + path;
    }

    private StoredFile avatarOf(String userId) {
        var all = TestUsers.avatarsOf(userId);
        return files.byId(all.get(all.size() - 1)).blockOptional().orElseThrow();
    }

    private byte[] content(StoredFile file) {
        return blobs.open(file.uploaded().key(), null)
                .flatMap(blob -> DataBufferUtils.join(blob.content()))
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .block();
    }

    /** The left half in one color, the right half in another. */
    private static byte[] image(String format, int width, int height, Color left, Color right) {
        boolean alpha = left.getAlpha() < 255;
        BufferedImage image =
                new BufferedImage(width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(left);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(right);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        try (ByteArrayOutputStream content = new ByteArrayOutputStream()) {
            ImageIO.write(image, format, content);
            return content.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Right behind the start of the JPEG. */
    private static byte[] withExif(byte[] jpeg) {
        byte[] all = new byte[jpeg.length + EXIF.length];
        System.arraycopy(jpeg, 0, all, 0, 2);
        System.arraycopy(EXIF, 0, all, 2, EXIF.length);
        System.arraycopy(jpeg, 2, all, 2 + EXIF.length, jpeg.length - 2);
        return all;
    }

    private static boolean isMostly(int rgb, Color color) {
        Color seen = new Color(rgb);
        return Math.abs(seen.getRed() - color.getRed()) < 60
                && Math.abs(seen.getGreen() - color.getGreen()) < 60
                && Math.abs(seen.getBlue() - color.getBlue()) < 60;
    }
}
