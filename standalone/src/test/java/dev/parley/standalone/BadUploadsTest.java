package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.file.FileUrlSettings;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.UrlSignatures;
import dev.parley.platform.test.ApiClient.Answer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What nobody should upload is refused by name, through the gateway, and nothing of it is kept. */
class BadUploadsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String TUS = "/api/v1/storage/tus";

    private final String baseUrl = RunningPlatform.baseUrl();
    private ChatUser alice;

    @BeforeEach
    void alice() {
        alice = ChatUser.register(baseUrl, "Alice");
    }

    static Stream<Arguments> announcements() {
        return Stream.of(
                Arguments.of("photo.png", "image/png", 0L, 400, "file.empty"),
                Arguments.of("photo.png", "image/png", 5L << 30, 413, "file.too-large"),
                Arguments.of("../../etc/passwd.png", "image/png", 9L, 400, "file.name-invalid"),
                Arguments.of("..\\photo.png", "image/png", 9L, 400, "file.name-invalid"),
                Arguments.of("..", "image/png", 9L, 400, "file.name-invalid"),
                Arguments.of("p".repeat(296) + ".png", "image/png", 9L, 400, "file.name-invalid"),
                Arguments.of("photo.png.exe", "image/png", 9L, 415, "file.type-not-allowed"),
                Arguments.of("invoice.pdf.html", "application/pdf", 9L, 415, "file.type-not-allowed"),
                Arguments.of("tool.exe", "application/x-msdownload", 9L, 415, "file.type-not-allowed"),
                Arguments.of("picture.svg", "image/svg+xml", 9L, 415, "file.type-not-allowed"));
    }

    @ParameterizedTest
    @MethodSource("announcements")
    void isRefusedBeforeAnythingIsSent(String name, String type, long size, int status, String code) {
        Answer presigned = presign(name, type, size);
        HttpResponse<String> resumable = tus(name, type, size);

        assertThat(presigned.status()).as("%s", presigned.body()).isEqualTo(status);
        assertThat(presigned.code()).isEqualTo(code);
        assertThat(resumable.statusCode()).isEqualTo(status);
        assertThat(code(resumable)).isEqualTo(code);
        assertThat(files()).isEmpty();
    }

    /** In JSON it is refused whatever field it stands in. */
    @Test
    void aNameWithNulIsRefused() {
        Answer presigned = presign("photo\0.png", "image/png", 9);
        HttpResponse<String> resumable = tus("photo\0.png", "image/png", 9);

        assertThat(presigned.code()).isEqualTo("request.invalid");
        assertThat(presigned.body().at("/errors/0/field").asString()).isEqualTo("filename");
        assertThat(resumable.statusCode()).isEqualTo(400);
        assertThat(code(resumable)).isEqualTo("file.name-invalid");
        assertThat(files()).isEmpty();
    }

    static Stream<Arguments> contents() throws IOException {
        byte[] png = png();
        return Stream.of(
                Arguments.of(
                        "text as an image",
                        "image/png",
                        "This is no image.".getBytes(StandardCharsets.US_ASCII),
                        "file.type-mismatch"),
                Arguments.of("an image as a document", "application/pdf", png, "file.type-mismatch"),
                Arguments.of(
                        "a page as an image",
                        "image/png",
                        "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.US_ASCII),
                        "file.type-mismatch"),
                Arguments.of("an image that is an archive too", "image/png", joined(png, zip()), "file.polyglot"),
                Arguments.of(
                        "a document that is an archive too",
                        "application/pdf",
                        joined("%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII), zip()),
                        "file.polyglot"),
                Arguments.of(
                        "an image with a script behind it",
                        "image/png",
                        joined(png, "<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII)),
                        "file.polyglot"),
                Arguments.of("a bomb", "image/png", saying(png, 60_000, 60_000), "file.image-too-large"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contents")
    void isRefusedForItsContent(String what, String type, byte[] content, String code) throws Exception {
        JsonNode announced = presign("file", type, content.length).body();
        assertThat(put(announced.path("uploadUrl").asString(), content).statusCode())
                .isBetween(200, 204);
        Answer confirmed = confirm(announced);
        Answer direct = direct(type, content);
        HttpResponse<String> begun = tus("file", type, content.length);
        HttpResponse<String> resumable = patch(begun, content);

        assertThat(confirmed.status()).as("%s", confirmed.body()).isEqualTo(415);
        assertThat(List.of(confirmed.code(), direct.code(), code(resumable))).containsOnly(code);
        assertThat(resumable.statusCode()).isEqualTo(415);
        assertThat(head(begun).statusCode()).isEqualTo(404);
        assertThat(files()).noneMatch(file -> file.path("status").asString().equals("ready"));
        assertNothingIsKeptOf(content);
    }

    @ParameterizedTest
    @CsvSource({"100, 200", "100, 50", "100, 0"})
    void aSizeThatIsALieIsRefused(int announcedSize, int sentSize) throws Exception {
        byte[] content = new byte[sentSize];
        Arrays.fill(content, (byte) 'a');
        JsonNode announced = presign("note.txt", "text/plain", announcedSize).body();

        HttpResponse<String> sent = put(announced.path("uploadUrl").asString(), content);

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(409);
        assertThat(code(sent)).isEqualTo("file.size-mismatch");
        assertThat(confirm(announced).code()).isEqualTo("file.not-ready");
        assertNothingIsKeptOf(content);
    }

    @Test
    void moreThanAResumableUploadAnnouncedIsRefused() {
        HttpResponse<String> begun = tus("note.txt", "text/plain", 10);

        HttpResponse<String> sent = patch(begun, new byte[11]);

        assertThat(sent.statusCode()).isEqualTo(413);
        assertThat(code(sent)).isEqualTo("file.too-large");
    }

    @Test
    void anotherHashThanWasDeclaredIsRefused() throws Exception {
        byte[] content = "Nobody promised this.".getBytes(StandardCharsets.US_ASCII);
        JsonNode announced = alice.api()
                .post(
                        "/api/v1/storage/presigned-url",
                        Map.of(
                                "filename",
                                "note.txt",
                                "mimeType",
                                "text/plain",
                                "size",
                                content.length,
                                "sha256",
                                "0".repeat(64)))
                .body();
        put(announced.path("uploadUrl").asString(), content);

        Answer confirmed = confirm(announced);

        assertThat(confirmed.status()).isEqualTo(409);
        assertThat(confirmed.code()).isEqualTo("file.hash-mismatch");
        assertNothingIsKeptOf(content);
    }

    @Test
    void anEmptyFileIsRefusedAlsoInOneRequest() {
        Answer direct = direct("text/plain", new byte[0]);

        assertThat(direct.status()).isEqualTo(400);
        assertThat(direct.code()).isEqualTo("file.empty");
        assertThat(files()).isEmpty();
    }

    @Test
    void anAddressThatWasChangedOrIsOldIsRefused() throws Exception {
        byte[] content = "For those with the address.".getBytes(StandardCharsets.US_ASCII);
        JsonNode announced = presign("note.txt", "text/plain", content.length).body();
        String target = announced.path("uploadUrl").asString();
        for (String changed : List.of(
                target.replace("expires=1", "expires=2"),
                target.replace("signature=", "signature=A"),
                target.replace(announced.path("fileId").asString(), alice.id()),
                target.substring(0, target.indexOf('?')))) {
            assertRefused(put(changed, content), "file.url-invalid");
        }
        assertThat(put(target, content).statusCode()).isBetween(200, 204);
        assertThat(confirm(announced).status()).isEqualTo(200);
        String fileId = announced.path("fileId").asString();
        String url = alice.get("/api/v1/storage/files/" + fileId + "/url")
                .path("url")
                .asString();
        for (String changed : List.of(
                url.replace("expires=1", "expires=2"),
                url.replace("signature=", "signature=A"),
                url.replace(fileId, alice.id()),
                url.substring(0, url.indexOf('?')))) {
            assertRefused(fetch(changed), "file.url-invalid");
        }
        assertThat(fetch(url).body()).isEqualTo(new String(content, StandardCharsets.US_ASCII));
        FileUrls urls = new FileUrls(settings(), new UrlSignatures(settings()), InstantSource.system());
        assertRefused(
                fetch(urls.until(
                                fileId, FileUrls.Variant.ORIGINAL, Instant.now().minusSeconds(5))
                        .url()),
                "file.url-expired");
    }

    @Test
    void anUploadAddressIsGoodForAWhile() throws Exception {
        JsonNode announced = presign("note.txt", "text/plain", 4).body();
        String fileId = announced.path("fileId").asString();
        String expires = Long.toString(Instant.now().minusSeconds(5).getEpochSecond());
        String signature = new UrlSignatures(settings()).of("upload", fileId, expires);

        assertRefused(
                put(
                        baseUrl + "/api/v1/storage/uploads/" + fileId + "?expires=" + expires + "&signature="
                                + signature,
                        "late".getBytes(StandardCharsets.US_ASCII)),
                "file.url-expired");
    }

    @Test
    void aFileOfSomebodyElseIsNotThere() throws Exception {
        ChatUser mallory = ChatUser.register(baseUrl, "Mallory");
        String conversation = alice.directWith(mallory);
        byte[] content = "Nothing for Mallory.".getBytes(StandardCharsets.US_ASCII);
        JsonNode announced = presign("note.txt", "text/plain", content.length).body();
        put(announced.path("uploadUrl").asString(), content);
        confirm(announced);
        String file = "/api/v1/storage/files/" + announced.path("fileId").asString();

        for (Answer refused : List.of(
                mallory.api().get(file),
                mallory.api().get(file + "/url"),
                mallory.api().post(file + "/confirm", Map.of()),
                mallory.api().call("DELETE", file, Map.of()))) {
            assertThat(refused.status()).as("%s", refused.body()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo("file.not-found");
        }
        Answer sent = mallory.api()
                .post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of(
                                "attachments",
                                List.of(Map.of(
                                        "fileId", announced.path("fileId").asString()))));
        assertThat(sent.code()).isEqualTo("file.not-found");
        assertThat(alice.get(file).path("status").asString()).isEqualTo("ready");
    }

    private static FileUrlSettings settings() {
        try {
            Path key = RunningPlatform.data().resolve("secrets/file-url-key");
            return new FileUrlSettings(
                    URI.create(RunningPlatform.baseUrl()),
                    List.of(Files.readString(key).strip()),
                    Duration.ofHours(1),
                    Duration.ofHours(24),
                    Duration.ofMinutes(15));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static void assertRefused(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(403);
        assertThat(code(answer)).isEqualTo(code);
    }

    private static void assertNothingIsKeptOf(byte[] content) throws IOException {
        try (Stream<Path> stored = Files.walk(RunningPlatform.data().resolve("files"))) {
            assertThat(stored.filter(Files::isRegularFile)).noneMatch(file -> holds(file, content));
        }
    }

    private static boolean holds(Path file, byte[] content) {
        try {
            return Files.size(file) == content.length && Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException gone) {
            return false;
        }
    }

    private List<JsonNode> files() {
        return alice.get("/api/v1/storage/files").path("data").valueStream().toList();
    }

    private Answer presign(String name, String type, long size) {
        return alice.api()
                .post("/api/v1/storage/presigned-url", Map.of("filename", name, "mimeType", type, "size", size));
    }

    private Answer confirm(JsonNode announced) {
        return alice.api()
                .post("/api/v1/storage/files/" + announced.path("fileId").asString() + "/confirm", Map.of());
    }

    private HttpResponse<String> put(String url, byte[] content) {
        return send(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(content)));
    }

    private HttpResponse<String> fetch(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    private Answer direct(String type, byte[] content) {
        String boundary = "boundary-of-parts";
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n"
                        + "Content-Type: " + type + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        HttpResponse<String> answer = send(request("/api/v1/storage/files")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(joined(head, content, end))));
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    private HttpResponse<String> tus(String name, String type, long size) {
        return send(request(TUS)
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", Long.toString(size))
                .header("Upload-Metadata", "filename " + base64(name) + ",filetype " + base64(type))
                .POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> patch(HttpResponse<String> begun, byte[] content) {
        return send(request(begun.headers().firstValue("Location").orElseThrow())
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Offset", "0")
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofByteArray(content)));
    }

    private HttpResponse<String> head(HttpResponse<String> begun) {
        return send(request(begun.headers().firstValue("Location").orElseThrow())
                .header("Tus-Resumable", "1.0.0")
                .method("HEAD", BodyPublishers.noBody()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("Authorization", "Bearer " + alice.accessToken());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String code(HttpResponse<String> answer) {
        return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body())
                .path("code")
                .asString("");
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    /** The same image with another size in its header, which comes right after the signature. */
    private static byte[] saying(byte[] png, int width, int height) {
        byte[] bomb = png.clone();
        ByteBuffer.wrap(bomb).putInt(16, width).putInt(20, height);
        CRC32 sum = new CRC32();
        sum.update(bomb, 12, 17);
        ByteBuffer.wrap(bomb).putInt(29, (int) sum.getValue());
        return bomb;
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("Program.class"));
            zip.write(HexFormat.of().parseHex("cafebabe"));
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
