package dev.parley.media;

import static dev.parley.media.Uploads.PNG;
import static dev.parley.media.Uploads.confirm;
import static dev.parley.media.Uploads.field;
import static dev.parley.media.Uploads.file;
import static dev.parley.media.Uploads.filePart;
import static dev.parley.media.Uploads.form;
import static dev.parley.media.Uploads.png;
import static dev.parley.media.Uploads.presign;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.StubConversations.Member;
import dev.parley.media.file.FileStore;
import dev.parley.platform.file.UrlSignatures;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** How contents come: announced, uploaded, confirmed; or with one request. */
class UploadTest extends MediaServiceTest {

    /** A tenant that allows one type alone, by another name than the one that is stored. */
    static final String VOICES = "voices";

    /** A tenant whose images lose their metadata. */
    static final String PRIVATE = "private";

    @Autowired
    private UrlSignatures signatures;

    @Autowired
    private FileStore files;

    @Test
    void nobodyGetsTheMetadataOfAnImageWhereItIsRemoved() throws Exception {
        byte[] photo = TestFiles.jpegWithMetadata(30, 20, 6);
        Answer presigned = presign(as(alice, PRIVATE), file("photo.jpg", "image/jpeg", photo.length));
        uploads().put(url(presigned), photo);

        JsonNode file = confirm(as(alice, PRIVATE), id(presigned)).body();

        URI address = uploads().here(file.path("url").asString());
        byte[] loaded = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray())
                .body();
        assertThat(new String(loaded, StandardCharsets.ISO_8859_1)).doesNotContain(TestFiles.SECRET);
        assertThat(file.path("size").asInt()).isEqualTo(loaded.length).isLessThan(photo.length);
        assertThat(file.path("sha256").asString()).isEqualTo(sha256(loaded));
        assertThat(file.path("dimensions").path("width").asInt()).isEqualTo(20);
    }

    @Test
    void aTypeIsAllowedByAnyOfItsNames() {
        assertThat(presign(as(alice, VOICES), file("voice.ogg", "audio/ogg", 10))
                        .status())
                .isEqualTo(200);
        assertThat(presign(as(alice, VOICES), file("voice.opus", "audio/opus", 10))
                        .status())
                .isEqualTo(200);
        assertThat(presign(as(alice, VOICES), file("song.mp3", "audio/mpeg", 10))
                        .code())
                .isEqualTo("file.type-not-allowed");
    }

    @Test
    void aFileIsAnnouncedUploadedAndConfirmed() throws Exception {
        Map<String, Object> declared = png();
        declared.put("sha256", sha256(PNG).toUpperCase());
        Answer presigned = presign(as(alice), declared);

        assertThat(presigned.status()).isEqualTo(200);
        assertThat(presigned.body().path("method").asString()).isEqualTo("PUT");
        assertThat(presigned.body().path("headers").path("Content-Type").asString())
                .isEqualTo("image/png");
        assertThat(presigned.body().path("expiresAt").asString()).endsWith("Z");
        assertThat(status(presigned)).isEqualTo("pending");
        assertThat(uploads().put(url(presigned), PNG).status()).isEqualTo(204);

        Answer confirmed = confirm(as(alice), id(presigned));

        assertThat(confirmed.status()).isEqualTo(200);
        JsonNode file = confirmed.body();
        assertThat(file.path("status").asString()).isEqualTo("ready");
        assertThat(file.path("type").asString()).isEqualTo("image");
        assertThat(file.path("size").asLong()).isEqualTo(PNG.length);
        assertThat(file.path("sha256").asString()).isEqualTo(sha256(PNG));
        assertThat(file.path("uploadedBy").asString()).isEqualTo(alice);
        assertThat(file.path("url").asString()).contains("/api/v1/storage/content/" + id(presigned) + "?");
        assertThat(file.path("urlExpiresAt").asString()).endsWith("Z");
        assertThat(confirm(as(alice), id(presigned)).body().path("status").asString())
                .as("again")
                .isEqualTo("ready");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ../etc/passwd  | image/png                | 10       | 400 | file.name-invalid
            a\\b.png       | image/png                | 10       | 400 | file.name-invalid
            ..             | image/png                | 10       | 400 | file.name-invalid
            '  '           | image/png                | 10       | 400 | file.name-invalid
            a.png          | image/png                | 0        | 400 | file.empty
            a.png          | image/png                | 5242881  | 413 | file.too-large
            a.mp4          | video/mp4                | 26214401 | 413 | file.too-large
            a.svg          | image/svg+xml            | 10       | 415 | file.type-not-allowed
            a.html         | text/html                | 10       | 415 | file.type-not-allowed
            a.bin          | nonsense                 | 10       | 415 | file.type-not-allowed
            """)
    void whatCannotBeTakenIsRefusedAtOnce(String name, String type, long size, int status, String code) {
        Answer refused = presign(as(alice), file(name, type, size));

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(own(alice)).isEmpty();
    }

    @Test
    void aNameIsNotLongerThanItMayBeAndHoldsNoControls() {
        assertThat(presign(as(alice), file("x".repeat(252) + ".png", "image/png", 10))
                        .code())
                .isEqualTo("file.name-invalid");
        assertThat(presign(as(alice), file("x".repeat(251) + ".png", "image/png", 10))
                        .status())
                .isEqualTo(200);
        assertThat(presign(as(alice), file("a\u0007.png", "image/png", 10)).code())
                .isEqualTo("file.name-invalid");
        assertThat(presign(as(alice), file("a\u0000.png", "image/png", 10)).code())
                .isEqualTo("request.invalid");
    }

    @Test
    void everyFieldOfAnAnnouncementIsChecked() {
        assertThat(presign(as(alice), Map.of()).code()).isEqualTo("request.invalid");
        Map<String, Object> file = png();
        file.put("sha256", "beef");
        assertThat(presign(as(alice), file).code()).isEqualTo("request.invalid");
        file = png();
        file.put("size", -1);
        assertThat(presign(as(alice), file).code()).isEqualTo("request.invalid");
    }

    @Test
    void aTypeIsTakenWithoutItsParameters() {
        Answer presigned = presign(as(alice), file("voice.webm", "Audio/WebM; codecs=opus", 10));

        assertThat(get(alice, id(presigned)).body().path("mimeType").asString()).isEqualTo("audio/webm");
    }

    @Test
    void oneOfABatchIsRefusedByItself() {
        Answer batch = as(alice)
                .post(
                        "/api/v1/storage/presigned-url/batch",
                        Map.of("files", List.of(png(), file("../x.png", "image/png", 5), Map.of("size", "no"), png())));

        assertThat(batch.status()).isEqualTo(200);
        assertThat(batch.body().path("urls"))
                .extracting(url -> url.path("index").asInt())
                .containsExactly(0, 3);
        assertThat(batch.body().path("errors"))
                .extracting(error -> error.path("index").asInt() + " "
                        + error.path("filename").asString() + " "
                        + error.path("code").asString())
                .containsExactly("1 ../x.png file.name-invalid", "2  request.invalid");
        assertThat(own(alice)).hasSize(2);
    }

    @Test
    void aBatchHasOneToTwentyFiles() {
        List<Map<String, Object>> many = Stream.generate(Uploads::png).limit(21).toList();
        String path = "/api/v1/storage/presigned-url/batch";

        assertThat(as(alice).post(path, Map.of("files", many)).code()).isEqualTo("request.invalid");
        assertThat(as(alice).post(path, Map.of("files", List.of())).code()).isEqualTo("request.invalid");
        assertThat(as(alice).post(path, Map.of("files", 7)).code()).isEqualTo("request.invalid");
        assertThat(own(alice)).isEmpty();
    }

    @Test
    void onlyWhoMayWriteInAConversationAnnouncesAFileForIt() {
        StubConversations.admit(conversation, alice);
        StubConversations.admit(conversation, bob, Member.until(3));

        assertThat(presign(as(alice), forConversation(conversation)).status()).isEqualTo(200);
        assertThat(presign(as(bob), forConversation(conversation)).code()).isEqualTo("conversation.not-a-member");
        assertThat(presign(as("stranger"), forConversation(conversation)).code())
                .isEqualTo("conversation.not-a-member");
        assertThat(presign(as(alice), forConversation(StubConversations.BROKEN + "x"))
                        .status())
                .as("fails closed")
                .isEqualTo(503);
    }

    private static Map<String, Object> forConversation(String conversationId) {
        Map<String, Object> file = png();
        file.put("conversationId", conversationId);
        return file;
    }

    @Test
    void anUploadNeedsAGoodAddress() {
        Answer presigned = presign(as(alice), png());
        String url = url(presigned);

        for (String changed : List.of(
                url.replaceAll("signature=.", "signature=~"),
                url.replaceAll("expires=\\d", "expires=9"),
                url.replace(id(presigned), Ids.next()),
                url.replaceAll("&signature=.*", ""))) {
            assertThat(uploads().put(changed, PNG).code()).as(changed).isEqualTo("file.url-invalid");
        }
        String past = "1000000000";
        String expired = url.replaceAll("\\?.*", "") + "?expires=" + past + "&signature="
                + signatures.of("upload", id(presigned), past);
        assertThat(uploads().put(expired, PNG).code()).isEqualTo("file.url-expired");
        assertThat(confirm(as(alice), id(presigned)).code()).isEqualTo("file.not-ready");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aContentOfAnotherSizeIsRefusedAndNothingIsKept(int difference) {
        Set<Path> before = ownerless();
        Answer presigned = presign(as(alice), file("photo.png", "image/png", PNG.length + difference));

        Answer refused = uploads().put(url(presigned), PNG);

        assertThat(refused.code()).isEqualTo("file.size-mismatch");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(confirm(as(alice), id(presigned)).code()).isEqualTo("file.not-ready");
        awaitNoMoreThan(before);
    }

    @Test
    void nothingIsKeptOfAnUploadThatBreaksOff() throws Exception {
        Set<Path> before = ownerless();
        Answer presigned = presign(as(alice), file("photo.png", "image/png", 1_000_000));
        URI address = uploads().here(url(presigned));
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT " + address.getRawPath() + "?" + address.getRawQuery()
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[300_000]);
            out.flush();
            Until.satisfied(() -> assertThat(before.containsAll(ownerless())).isFalse());
        }
        awaitNoMoreThan(before);
        assertThat(status(presigned)).isEqualTo("pending");
    }

    @Test
    void aContentOfAnotherHashIsRefusedAndMayBeSentAgain() throws Exception {
        Map<String, Object> declared = png();
        declared.put("sha256", sha256(PNG));
        Set<Path> before = ownerless();
        Answer presigned = presign(as(alice), declared);
        byte[] other = PNG.clone();
        other[PNG.length - 1] = 0;
        uploads().put(url(presigned), other);

        Answer refused = confirm(as(alice), id(presigned));

        assertThat(refused.code()).isEqualTo("file.hash-mismatch");
        assertThat(refused.status()).isEqualTo(409);
        awaitNoMoreThan(before);
        assertThat(uploads().put(url(presigned), PNG).status()).isEqualTo(204);
        assertThat(confirm(as(alice), id(presigned)).status()).isEqualTo(200);
    }

    @Test
    void theLastUploadCountsAndNoneAfterTheConfirmation() {
        Set<Path> before = ownerless();
        Answer presigned = presign(as(alice), png());
        byte[] first = PNG.clone();
        first[PNG.length - 1] = 0;
        uploads().put(url(presigned), first);
        uploads().put(url(presigned), PNG);
        awaitNoMoreThan(before);
        assertThat(confirm(as(alice), id(presigned)).status()).isEqualTo(200);

        assertThat(uploads().put(url(presigned), first).code()).isEqualTo("file.url-invalid");

        awaitNoMoreThan(before);
    }

    @Test
    void onlyItsUploaderConfirmsAFile() {
        Answer presigned = presign(as(alice), png());
        uploads().put(url(presigned), PNG);

        assertThat(confirm(as(bob), id(presigned)).code()).isEqualTo("file.not-found");
        assertThat(confirm(as(alice, "other"), id(presigned)).code()).isEqualTo("file.not-found");
        assertThat(confirm(as(alice), Ids.next()).code()).isEqualTo("file.not-found");
        assertThat(status(presigned)).isEqualTo("pending");
    }

    @Test
    void aFormIsTakenInPlaceOfTheBareContent() {
        Answer presigned = presign(as(alice), png());

        assertThat(uploads().postForm(url(presigned), form(field("key", "x"))).code())
                .isEqualTo("request.invalid");
        assertThat(uploads()
                        .postForm(url(presigned), form(field("key", "x"), filePart("any.png", "image/png", PNG)))
                        .status())
                .isEqualTo(204);
        assertThat(confirm(as(alice), id(presigned)).status()).isEqualTo(200);
    }

    @Test
    void aSmallFileComesWithOneRequest() throws Exception {
        StubConversations.admit(conversation, alice);

        Answer stored = direct(form(filePart("photo.png", "image/png", PNG), field("conversationId", conversation)));

        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.body().path("status").asString()).isEqualTo("ready");
        assertThat(stored.body().path("conversationId").asString()).isEqualTo(conversation);
        assertThat(stored.body().path("sha256").asString()).isEqualTo(sha256(PNG));
        assertThat(own(alice)).containsExactly(stored.body().path("id").asString());
    }

    @Test
    void aFileThatComesWithOneRequestIsCheckedLikeAnyOther() {
        Set<Path> before = ownerless();

        assertThat(direct(form(filePart("photo.png", "image/png", new byte[0]))).code())
                .isEqualTo("file.empty");
        assertThat(direct(form(filePart("page.html", "text/html", PNG))).code()).isEqualTo("file.type-not-allowed");
        assertThat(direct(form(filePart("a/b.png", "image/png", PNG))).code()).isEqualTo("file.name-invalid");
        Answer tooLarge = direct(form(filePart("a.pdf", "application/pdf", new byte[10 * 1024 * 1024 + 1])));
        assertThat(tooLarge.code()).isEqualTo("file.too-large");
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(direct(form(filePart("photo.png", "image/png", PNG), filePart("more.png", "image/png", PNG)))
                        .code())
                .isEqualTo("request.invalid");
        assertThat(direct(form(filePart("photo.png", "image/png", PNG), field("conversationId", Ids.next())))
                        .code())
                .isEqualTo("conversation.not-a-member");
        assertThat(own(alice)).isEmpty();
        awaitNoMoreThan(before);
    }

    private Answer direct(byte[] form) {
        return uploads().postForm("/api/v1/storage/files", TestTokens.tokenFor(alice, TENANT), form);
    }

    private String status(Answer presigned) {
        return get(alice, id(presigned)).body().path("status").asString();
    }

    private List<String> own(String userId) {
        List<String> ids = new ArrayList<>();
        as(userId)
                .get("/api/v1/storage/files")
                .body()
                .path("data")
                .forEach(file -> ids.add(file.path("id").asString()));
        return ids;
    }

    private static String id(Answer presigned) {
        return presigned.body().path("fileId").asString();
    }

    private static String url(Answer presigned) {
        return presigned.body().path("uploadUrl").asString();
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /** What there was before may have got an owner since: previews of other files are made meanwhile. */
    private void awaitNoMoreThan(Set<Path> before) {
        Until.satisfied(() -> assertThat(before).containsAll(ownerless()));
    }

    /** What is stored and belongs to no file, or to none yet. */
    private Set<Path> ownerless() {
        try (Stream<Path> stored = Files.walk(blobs())) {
            return stored.filter(Files::isRegularFile)
                    .filter(blob ->
                            !files.hasBlob(blob.getFileName().toString()).block())
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
