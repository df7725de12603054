package dev.parley.media.tus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.MediaServiceTest;
import dev.parley.media.blob.BlobStore;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TusTest extends MediaServiceTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] TEXT = "This is a text. ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);

    @Autowired
    private BlobStore blobs;

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private ResumableUploadStore store;

    @Autowired
    private UploadSweeper sweeper;

    @Test
    void tellsWhatItCanDo() {
        HttpResponse<String> answer = send(request(alice, Tus.PATH).method("OPTIONS", BodyPublishers.noBody()));

        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(header(answer, "Tus-Extension"))
                .isEqualTo("creation,creation-with-upload,checksum,expiration,termination");
        assertThat(header(answer, "Tus-Checksum-Algorithm")).isEqualTo("sha1,sha256");
        assertThat(header(answer, "Tus-Max-Size")).isEqualTo(Integer.toString(25 << 20));
    }

    @Test
    void speaksNoOtherVersion() {
        for (String version : List.of("0.2.2", "")) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(address() + Tus.PATH))
                    .header("Authorization", "Bearer " + TestTokens.tokenFor(alice, TENANT))
                    .header("Tus-Resumable", version)
                    .POST(BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(412);
            assertThat(code(answer)).isEqualTo("upload.version-not-supported");
            assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
        }
    }

    @Test
    void makesAFileOfWhatCameInParts() {
        String upload = created(alice, TEXT.length);
        assertThat(offset(alice, upload)).isZero();

        HttpResponse<String> first = patch(alice, upload, 0, part(0, 300_000));
        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(header(first, "Upload-Offset")).isEqualTo("300000");
        assertThat(header(first, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(first.headers().firstValue("Upload-Location-Id")).isEmpty();
        HttpResponse<String> half = head(alice, upload);
        assertThat(header(half, "Upload-Offset")).isEqualTo("300000");
        assertThat(header(half, "Upload-Length")).isEqualTo(Integer.toString(TEXT.length));
        assertThat(header(half, "Upload-Metadata")).isEqualTo(metadata("note.txt", "text/plain"));
        assertThat(header(half, "Upload-Expires")).endsWith(" GMT");
        assertThat(header(half, "Cache-Control")).isEqualTo("no-store");
        HttpResponse<String> last = patch(alice, upload, 300_000, part(300_000, TEXT.length));

        assertThat(last.statusCode()).isEqualTo(204);
        String fileId = header(last, "Upload-Location-Id");
        JsonNode file = file(alice, fileId);
        assertThat(file.path("status").asString()).isEqualTo("ready");
        assertThat(file.path("filename").asString()).isEqualTo("note.txt");
        assertThat(file.path("size").asInt()).isEqualTo(TEXT.length);
        assertThat(file.path("sha256").asString()).isEqualTo(HexFormat.of().formatHex(digest("SHA-256", TEXT)));
        assertThat(header(head(alice, upload), "Upload-Location-Id")).isEqualTo(fileId);
        assertThat(offset(alice, upload)).isEqualTo(TEXT.length);
        assertThat(partsOf(upload)).isEmpty();
    }

    @Test
    void takesAWholeFileWithTheCreation() {
        HttpResponse<String> answer = send(request(alice, Tus.PATH)
                .header("Upload-Length", Integer.toString(TEXT.length))
                .header("Upload-Metadata", metadata("note.txt", "text/plain"))
                .header("Content-Type", "application/offset+octet-stream")
                .POST(BodyPublishers.ofByteArray(TEXT)));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(header(answer, "Upload-Offset")).isEqualTo(Integer.toString(TEXT.length));
        assertThat(file(alice, header(answer, "Upload-Location-Id"))
                        .path("size")
                        .asInt())
                .isEqualTo(TEXT.length);
    }

    @Test
    void countsWhatCameBeforeTheConnectionBrokeOff() throws IOException {
        String upload = created(alice, TEXT.length);

        try (Socket phone = begun(alice, upload, TEXT.length)) {
            phone.getOutputStream().write(TEXT, 0, 400_000);
            phone.getOutputStream().flush();
        }

        Until.satisfied(() -> assertThat(offset(alice, upload)).isEqualTo(400_000));
        assertThat(patchedToTheEnd(alice, upload, 400_000)).isEqualTo(204);
    }

    @Test
    void storesALongBodyInPartsThatCountWhileItComes() throws IOException {
        String upload = created(alice, 3L << 20, "film.mp4", "video/mp4");

        try (Socket phone = begun(alice, upload, 3 << 20)) {
            phone.getOutputStream().write(new byte[(2 << 20) + 100_000]);
            phone.getOutputStream().flush();

            // parley.media.tus.part-size is 1 MB here
            Until.satisfied(() -> assertThat(offset(alice, upload)).isBetween(2L << 20, (2L << 20) + 100_000));
        }
    }

    @Test
    void refusesWhatDoesNotGoOnWhereItBrokeOff() {
        String upload = created(alice, TEXT.length);
        patch(alice, upload, 0, part(0, 1000));

        for (long offset : new long[] {0, 999, 1001}) {
            HttpResponse<String> refused = patch(alice, upload, offset, part(0, 10));

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(code(refused)).isEqualTo("upload.offset-mismatch");
        }
        assertThat(offset(alice, upload)).isEqualTo(1000);
    }

    @Test
    void takesNoMoreThanWasAnnounced() {
        String upload = created(alice, 10);

        HttpResponse<String> said = patch(alice, upload, 0, part(0, 11));
        HttpResponse<String> unsaid = send(patching(alice, upload, 0)
                .method("PATCH", BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(part(0, 11)))));

        assertThat(said.statusCode()).isEqualTo(413);
        assertThat(code(said)).isEqualTo("file.too-large");
        assertThat(code(unsaid)).isEqualTo("file.too-large");
        assertThat(offset(alice, upload)).isZero();
    }

    @Test
    void letsOneRequestAtATimeGoOnAndTheNextWhenThatOneHangs() throws IOException {
        String upload = created(alice, TEXT.length);
        try (Socket hanging = begun(alice, upload, TEXT.length)) {
            hanging.getOutputStream().write(TEXT, 0, 100_000);
            hanging.getOutputStream().flush();
            Until.satisfied(
                    () -> assertThat(store.byId(upload).block().writing()).isNotNull());

            HttpResponse<String> locked = patch(alice, upload, 0, part(0, TEXT.length));
            assertThat(locked.statusCode()).isEqualTo(423);
            assertThat(code(locked)).isEqualTo("upload.locked");

            Until.satisfied(() -> assertThat(offset(alice, upload)).isEqualTo(100_000));
            Until.satisfied(
                    () -> assertThat(patchedToTheEnd(alice, upload, 100_000)).isEqualTo(204));
        }
    }

    @ParameterizedTest
    @CsvSource({"sha1, SHA-1", "sha256, SHA-256"})
    void comparesABodyWithItsChecksum(String name, String algorithm) {
        String upload = created(alice, TEXT.length);
        byte[] body = part(0, 200_000);
        String right = name + " " + Base64.getEncoder().encodeToString(digest(algorithm, body));
        String wrong = name + " " + Base64.getEncoder().encodeToString(digest(algorithm, TEXT));

        HttpResponse<String> refused = send(patching(alice, upload, 0)
                .header("Upload-Checksum", wrong)
                .method("PATCH", BodyPublishers.ofByteArray(body)));

        assertThat(refused.statusCode()).isEqualTo(460);
        assertThat(code(refused)).isEqualTo("upload.checksum-mismatch");
        assertThat(offset(alice, upload)).isZero();
        assertThat(partsOf(upload)).isEmpty();
        assertThat(send(patching(alice, upload, 0)
                                .header("Upload-Checksum", right)
                                .method("PATCH", BodyPublishers.ofByteArray(body)))
                        .statusCode())
                .isEqualTo(204);
        assertThat(offset(alice, upload)).isEqualTo(200_000);
    }

    @Test
    void countsNothingOfABodyWithAChecksumThatBreaksOff() throws IOException {
        String upload = created(alice, TEXT.length);
        String checksum = "sha256 " + Base64.getEncoder().encodeToString(digest("SHA-256", TEXT));

        try (Socket phone = begun(alice, upload, TEXT.length, "Upload-Checksum: " + checksum)) {
            phone.getOutputStream().write(TEXT, 0, 400_000);
            phone.getOutputStream().flush();
            Until.satisfied(
                    () -> assertThat(store.byId(upload).block().writing()).isNotNull());
        }

        Until.satisfied(
                () -> assertThat(store.byId(upload).block().lockedUntil()).isBefore(Instant.now()));
        assertThat(offset(alice, upload)).isZero();
        assertThat(partsOf(upload)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"md5 rL0Y20zC+Fzt72VPzMSk2A==", "sha1", "sha1 %", "sha256 rL0Y20zC"})
    void refusesAChecksumThatIsNone(String checksum) {
        HttpResponse<String> refused = send(patching(alice, created(alice, 10), 0)
                .header("Upload-Checksum", checksum)
                .method("PATCH", BodyPublishers.ofByteArray(part(0, 10))));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).at("/errors/0/field").asString())
                .isEqualTo("Upload-Checksum");
    }

    @Test
    void throwsAnUploadAway() {
        String upload = created(alice, TEXT.length);
        patch(alice, upload, 0, part(0, 1000));
        assertThat(partsOf(upload)).hasSize(1);
        List<String> parts = partsOf(upload);

        HttpResponse<String> ended = send(request(alice, at(upload)).DELETE());

        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(header(ended, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(head(alice, upload).statusCode()).isEqualTo(404);
        assertThat(code(patch(alice, upload, 1000, part(1000, 2000)))).isEqualTo("upload.not-found");
        assertThat(as(alice).get("/api/v1/storage/files/" + upload).status()).isEqualTo(404);
        assertThat(stored()).doesNotContainAnyElementsOf(parts);
    }

    @Test
    void isThereForNobodyElse() {
        String upload = created(alice, TEXT.length);
        String otherTenants = TestTokens.tokenFor(alice, "other");

        for (String token : List.of(TestTokens.tokenFor(bob, TENANT), otherTenants)) {
            HttpResponse<String> asked = send(withToken(token, at(upload)).method("HEAD", BodyPublishers.noBody()));
            HttpResponse<String> sent = send(withToken(token, at(upload))
                    .header("Upload-Offset", "0")
                    .header("Content-Type", "application/offset+octet-stream")
                    .method("PATCH", BodyPublishers.ofByteArray(part(0, 10))));
            HttpResponse<String> ended = send(withToken(token, at(upload)).DELETE());

            assertThat(List.of(asked, sent, ended))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(404);
        }
        assertThat(offset(alice, upload)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, note.txt, text/plain, 400, file.empty",
        "9, ../note.txt, text/plain, 400, file.name-invalid",
        "9, '', text/plain, 400, file.name-invalid",
        "9, note.exe, application/x-msdownload, 415, file.type-not-allowed",
        "9, note.txt, '', 415, file.type-not-allowed",
        "99999999, note.txt, text/plain, 413, file.too-large"
    })
    void refusesAtOnceWhatIsRefusedOfEveryUpload(long length, String name, String type, int status, String code) {
        HttpResponse<String> refused = create(alice, length, metadata(name, type));

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(code(refused)).isEqualTo(code);
        assertThat(as(alice).get("/api/v1/storage/files").body().path("data")).isEmpty();
    }

    @Test
    void namesTheHeaderThatIsMissingOrWrong() {
        HttpResponse<String> noLength = send(request(alice, Tus.PATH)
                .header("Upload-Metadata", metadata("a.txt", "text/plain"))
                .POST(BodyPublishers.noBody()));
        HttpResponse<String> metadata = create(alice, 10, "filename %");
        HttpResponse<String> offset = send(request(alice, at(created(alice, 10)))
                .header("Upload-Offset", "-1")
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofByteArray(part(0, 10))));

        assertThat(List.of(noLength, metadata, offset))
                .extracting(answer ->
                        JSON.readTree(answer.body()).at("/errors/0/field").asString())
                .containsExactly("Upload-Length", "Upload-Metadata", "Upload-Offset");
        assertThat(send(request(alice, at(created(alice, 10)))
                                .header("Upload-Offset", "0")
                                .header("Content-Type", "text/plain")
                                .method("PATCH", BodyPublishers.ofByteArray(part(0, 10))))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void worksForClientsThatCanOnlyPost() {
        String upload = created(alice, TEXT.length);

        HttpResponse<String> sent = overridden(upload, "PATCH", BodyPublishers.ofByteArray(part(0, 1000)));
        HttpResponse<String> asked = overridden(upload, "HEAD", BodyPublishers.noBody());
        HttpResponse<String> ended = overridden(upload, "DELETE", BodyPublishers.noBody());

        assertThat(header(sent, "Upload-Offset")).isEqualTo("1000");
        assertThat(header(asked, "Upload-Offset")).isEqualTo("1000");
        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(overridden(upload, "PUT", BodyPublishers.noBody()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void keepsNothingOfAnUploadWhoseLifetimeIsOver() {
        String upload = created(alice, TEXT.length);
        patch(alice, upload, 0, part(0, 1000));
        List<String> parts = partsOf(upload);
        set(upload, "expiresAt", Instant.now().minusSeconds(1));

        HttpResponse<String> late = patch(alice, upload, 1000, part(1000, 2000));
        assertThat(late.statusCode()).isEqualTo(410);
        assertThat(code(late)).isEqualTo("upload.expired");
        sweeper.sweep().block();

        assertThat(head(alice, upload).statusCode()).isEqualTo(404);
        assertThat(as(alice).get("/api/v1/storage/files/" + upload).status()).isEqualTo(404);
        assertThat(stored()).doesNotContainAnyElementsOf(parts);
    }

    @Test
    void keepsTheFileOfAFinishedUploadWhoseLifetimeIsOver() {
        String upload = created(alice, TEXT.length);
        patch(alice, upload, 0, TEXT);
        set(upload, "expiresAt", Instant.now().minusSeconds(1));

        sweeper.sweep().block();

        assertThat(head(alice, upload).statusCode()).isEqualTo(404);
        assertThat(file(alice, upload).path("status").asString()).isEqualTo("ready");
    }

    /** As it stands in the store when the service is killed after the last byte came. */
    @Test
    void makesAFileOfAWholeUploadThatWasLeft() {
        String upload = created(alice, TEXT.length);
        patch(alice, upload, 0, part(0, 1000));
        set(upload, "length", 1000L);
        mongo.updateFirst(Query.query(Criteria.where("_id").is(upload)), new Update().set("size", 1000L), "files")
                .block();

        HttpResponse<String> asked = head(alice, upload);

        assertThat(header(asked, "Upload-Location-Id")).isEqualTo(upload);
        assertThat(file(alice, upload).path("size").asInt()).isEqualTo(1000);
        assertThat(partsOf(upload)).isEmpty();
    }

    /** Also what a killed service had written and not noted. */
    @Test
    void removesThePartThatWasBeingWritten() {
        String upload = created(alice, TEXT.length);
        String left = store.byId(upload).block().key() + ".part-left";
        blobs.write(left, Flux.empty(), 1).block();
        set(upload, "writing", left);

        patch(alice, upload, 0, part(0, 1000));

        assertThat(stored()).doesNotContain(left);
    }

    private void set(String upload, String field, Object value) {
        mongo.updateFirst(
                        Query.query(Criteria.where("_id").is(upload)),
                        new Update().set(field, value),
                        ResumableUpload.class)
                .block();
    }

    private List<String> partsOf(String upload) {
        String key = store.byId(upload).block().key();
        return stored().stream().filter(stored -> stored.startsWith(key)).toList();
    }

    private List<String> stored() {
        return blobs.olderThan(Instant.now().plus(Duration.ofHours(1)))
                .collectList()
                .block();
    }

    private JsonNode file(String user, String id) {
        return as(user).get("/api/v1/storage/files/" + id).body();
    }

    private static byte[] part(int from, int to) {
        return Arrays.copyOfRange(TEXT, from, to);
    }

    private int patchedToTheEnd(String user, String upload, int from) {
        return patch(user, upload, from, part(from, TEXT.length)).statusCode();
    }

    private String created(String user, long length) {
        return created(user, length, "note.txt", "text/plain");
    }

    private String created(String user, long length, String name, String type) {
        HttpResponse<String> answer = create(user, length, metadata(name, type));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(header(answer, "Location")).startsWith(Tus.PATH + "/");
        assertThat(header(answer, "Upload-Expires")).endsWith(" GMT");
        return header(answer, "Location").substring(Tus.PATH.length() + 1);
    }

    private HttpResponse<String> create(String user, long length, String metadata) {
        return send(request(user, Tus.PATH)
                .header("Upload-Length", Long.toString(length))
                .header("Upload-Metadata", metadata)
                .POST(BodyPublishers.noBody()));
    }

    private static String metadata(String name, String type) {
        return Map.of("filename", name, "filetype", type).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " "
                        + Base64.getEncoder().encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(","));
    }

    private long offset(String user, String upload) {
        return Long.parseLong(header(head(user, upload), "Upload-Offset"));
    }

    private HttpResponse<String> head(String user, String upload) {
        return send(request(user, at(upload)).method("HEAD", BodyPublishers.noBody()));
    }

    private HttpResponse<String> patch(String user, String upload, long offset, byte[] content) {
        return send(patching(user, upload, offset).method("PATCH", BodyPublishers.ofByteArray(content)));
    }

    private HttpRequest.Builder patching(String user, String upload, long offset) {
        return request(user, at(upload))
                .header("Upload-Offset", Long.toString(offset))
                .header("Content-Type", "application/offset+octet-stream");
    }

    private HttpResponse<String> overridden(String upload, String method, BodyPublisher body) {
        return send(patching(alice, upload, 0)
                .header("X-HTTP-Method-Override", method)
                .POST(body));
    }

    /** A request of which only the head was sent. */
    private Socket begun(String user, String upload, int length, String... more) throws IOException {
        URI address = URI.create(address());
        Socket socket = new Socket(address.getHost(), address.getPort());
        OutputStream out = socket.getOutputStream();
        String head = "PATCH " + at(upload) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + TestTokens.tokenFor(user, TENANT) + "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                + "Content-Type: application/offset+octet-stream\r\nContent-Length: " + length + "\r\n"
                + Arrays.stream(more).map(line -> line + "\r\n").collect(Collectors.joining()) + "\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static String at(String upload) {
        return Tus.PATH + "/" + upload;
    }

    private HttpRequest.Builder request(String user, String path) {
        return withToken(TestTokens.tokenFor(user, TENANT), path);
    }

    private HttpRequest.Builder withToken(String token, String path) {
        return HttpRequest.newBuilder(URI.create(address() + path))
                .header("Authorization", "Bearer " + token)
                .header("Tus-Resumable", "1.0.0")
                .timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers()
                .firstValue(name)
                .orElseThrow(() -> new AssertionError("No " + name + " in " + answer.statusCode() + " "
                        + answer.headers().map() + answer.body()));
    }

    private static String code(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).path("code").asString();
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
