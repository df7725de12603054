package dev.parley.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.blob.BlobStore;
import dev.parley.media.file.FileStore;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.FileUrls.Variant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Loads files at their signed addresses. */
class DownloadTest extends MediaServiceTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final byte[] TEXT = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @Autowired
    private FileUrls urls;

    @Autowired
    private FileStore files;

    @Autowired
    private BlobStore blobs;

    @Test
    void sendsAPictureAsItCame() {
        HttpResponse<byte[]> answer = get(url(uploads().ready(as(alice))));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Uploads.PNG);
        assertThat(header(answer, "content-type")).isEqualTo("image/png");
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(Uploads.PNG.length));
        assertThat(header(answer, "content-disposition")).startsWith("inline;").contains("photo.png");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "content-security-policy"))
                .contains("sandbox")
                .contains("default-src 'none'");
        assertThat(header(answer, "cache-control")).contains("private", "immutable", "max-age=");
        assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(answer, "etag")).matches("\"[0-9a-f]{64}\"");
    }

    @Test
    void offersADocumentOnlyForSavingUnderItsName() {
        String fileId = text("größe \"2\".txt");

        HttpResponse<byte[]> answer = get(url(fileId));

        assertThat(header(answer, "content-disposition"))
                .startsWith("attachment;")
                .contains("filename*=UTF-8''gr%C3%B6%C3%9Fe%20%222%22.txt");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=4-, 456789, bytes 4-9/10",
        "bytes=-2, 89, bytes 8-9/10",
        "bytes=8-100, 89, bytes 8-9/10",
        "bytes=-100, 0123456789, bytes 0-9/10"
    })
    void sendsAPart(String range, String content, String contentRange) {
        HttpResponse<byte[]> answer = get(url(text("ten.txt")), "Range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(new String(answer.body(), StandardCharsets.US_ASCII)).isEqualTo(content);
        assertThat(header(answer, "content-range")).isEqualTo(contentRange);
    }

    @Test
    void refusesAPartBehindTheEnd() {
        HttpResponse<byte[]> answer = get(url(text("ten.txt")), "Range", "bytes=10-");

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "content-range")).isEqualTo("bytes */10");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,3-4", "bytes=x", "lines=1-2"})
    void sendsTheWholeForRangesThatItDoesNotServe(String range) {
        HttpResponse<byte[]> answer = get(url(text("ten.txt")), "Range", range);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(TEXT);
    }

    @Test
    void sendsNothingThatIsThere() {
        String url = url(text("ten.txt"));
        String etag = header(get(url), "etag");

        assertThat(get(url, "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(get(url, "If-None-Match", "\"other\", W/" + etag).statusCode())
                .isEqualTo(304);
        assertThat(get(url, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(get(url, "If-Range", etag, "Range", "bytes=0-1").statusCode())
                .isEqualTo(206);
        assertThat(get(url, "If-Range", "\"other\"", "Range", "bytes=0-1").statusCode())
                .isEqualTo(200);
    }

    @Test
    void tellsOfAFileWithoutSendingIt() {
        HttpResponse<byte[]> answer = send(request(url(text("ten.txt"))).method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "content-length")).isEqualTo("10");
    }

    @Test
    void refusesAddressesThatWereChanged() {
        String fileId = text("ten.txt");
        String other = text("other.txt");
        String url = url(fileId);

        for (String changed : Arrays.asList(
                url.replace(fileId, other),
                url.replaceFirst("expires=(\\d+)", "expires=9999999999"),
                url.replace("variant=original", "variant=thumbnail"),
                url.replaceFirst("signature=.", "signature=_"),
                url.replaceFirst("&signature=.*", ""),
                url.replaceFirst("\\?.*", ""))) {
            assertRefused(get(changed), 403, "file.url-invalid");
        }
    }

    @Test
    void refusesAnAddressThatHasExpired() {
        String url = urls.until(text("ten.txt"), Variant.ORIGINAL, Instant.now().minusSeconds(2))
                .url();

        assertRefused(get(url), 403, "file.url-expired");
    }

    @Test
    void servesOnlyWhatIsConfirmedAndThere() {
        JsonNode presigned = Uploads.presign(as(alice), Uploads.png()).body();
        String deleted = text("ten.txt");
        String url = url(deleted);
        as(alice).call("DELETE", path(deleted), Map.of());

        assertRefused(get(signed(presigned.path("fileId").asString())), 409, "file.not-ready");
        assertRefused(get(url), 404, "file.not-found");
        assertRefused(get(signed("no-such-file")), 404, "file.not-found");
        assertRefused(
                get(urls.until(text("ten.txt"), Variant.THUMBNAIL, Instant.now().plusSeconds(60))
                        .url()),
                404,
                "file.not-found");
    }

    @Test
    void nobodyKeepsAnErrorInPlaceOfAFile() {
        String fileId = text("ten.txt");
        blobs.delete(files.byId(fileId).block().uploaded().key()).block();

        for (HttpResponse<byte[]> answer : List.of(get(signed(fileId)), get(signed(fileId), "Range", "bytes=0-1"))) {
            assertRefused(answer, 404, "file.not-found");
            assertThat(header(answer, "cache-control")).doesNotContain("immutable");
            assertThat(header(answer, "etag")).isEmpty();
        }
    }

    private String text(String filename) {
        JsonNode presigned = Uploads.presign(as(alice), Uploads.file(filename, "text/plain", TEXT.length))
                .body();
        uploads().put(presigned.path("uploadUrl").asString(), TEXT);
        String fileId = presigned.path("fileId").asString();
        assertThat(Uploads.confirm(as(alice), fileId).status()).isEqualTo(200);
        return fileId;
    }

    private String url(String fileId) {
        return as(alice).get(path(fileId) + "/url").body().path("url").asString();
    }

    private String signed(String fileId) {
        return urls.until(fileId, Variant.ORIGINAL, Instant.now().plusSeconds(60))
                .url();
    }

    private static void assertRefused(HttpResponse<byte[]> answer, int status, String code) {
        assertThat(Map.of(
                        "status", answer.statusCode(),
                        "code",
                                new JsonMapper()
                                        .readTree(answer.body())
                                        .path("code")
                                        .asString()))
                .isEqualTo(Map.of("status", status, "code", code));
    }

    private HttpResponse<byte[]> get(String url, String... headers) {
        HttpRequest.Builder request = request(url).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** At the service under test, wherever the address leads. */
    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(address() + url.substring(url.indexOf(FileUrls.PATH))));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), BodyHandlers.ofByteArray()).join();
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
