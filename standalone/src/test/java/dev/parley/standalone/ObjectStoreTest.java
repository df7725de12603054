package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.web.FileExchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.gaul.s3proxy.junit.S3ProxyJunitCore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import tools.jackson.databind.JsonNode;

/** The whole platform with its files in an object store: clients upload to it by themselves, and load through the platform. */
class ObjectStoreTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String BUCKET = "files";
    private static final String KEY = "the-tests";
    private static final String SECRET = "the-secret-of-the-tests";
    private static final byte[] PDF = """
            %PDF-1.4
            1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
            2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
            3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>> endobj
            trailer <</Root 1 0 R>>
            %%EOF
            """.getBytes(StandardCharsets.US_ASCII);

    private record Sent(String filename, String mimeType, String type, byte[] content) {}

    private static final S3ProxyJunitCore STORE =
            new S3ProxyJunitCore.Builder().withCredentials(KEY, SECRET).build();

    @TempDir
    static Path data;

    private static PlatformProcess platform;

    @BeforeAll
    static void start() throws Exception {
        STORE.beforeEach();
        try (S3AsyncClient client = S3AsyncClient.builder()
                .endpointOverride(STORE.getUri())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                .build()) {
            client.createBucket(request -> request.bucket(BUCKET)).join();
        }
        platform = PlatformProcess.start(data, environment());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        platform.close();
        STORE.afterEach();
    }

    @AfterEach
    void nothingIsInTheFolder() {
        assertThat(data.resolve("files")).doesNotExist();
    }

    @Test
    void aPhotoAVoiceNoteAndAPdfReachTheOtherUser() throws Exception {
        List<Sent> files = List.of(
                new Sent("photo.png", "image/png", "image", PhotoUpload.PNG),
                new Sent("voice.wav", "audio/wav", "audio", sound()),
                new Sent("paper.pdf", "application/pdf", "document", PDF));
        ChatUser ann = ChatUser.register(platform.baseUrl(), "Ann");
        ChatUser bo = ChatUser.register(platform.baseUrl(), "Bo");
        String direct = ann.directWith(bo);
        try (ChatSocket annsPhone = ann.connect();
                ChatSocket bosPhone = bo.connect()) {
            for (Sent file : files) {
                annsPhone.succeed("send_message", message(direct, upload(ann, file), file.filename()));
            }

            List<JsonNode> told = bosPhone.await("new_message", files.size());
            for (int i = 0; i < files.size(); i++) {
                assertShows(told.get(i).at("/message/content/attachments/0"), files.get(i));
            }
        }
        assertThat(bo.history(direct))
                .extracting(
                        message -> message.at("/content/attachments/0/filename").asString())
                .containsExactly("paper.pdf", "voice.wav", "photo.png");
    }

    /** The web client uploads by way of the platform, piece by piece. */
    @Test
    void theyGoFromOneBrowserToTheOther(@TempDir Path folder) throws Exception {
        try (FileExchange exchange = FileExchange.at(platform.baseUrl(), folder)) {
            exchange.aPhotoAndADocument();
            exchange.aVoiceNote();
        }
    }

    private static Map<String, String> environment() {
        String address = STORE.getUri().toString();
        return Map.of(
                "PARLEY_MEDIA_STORAGE_TYPE", "s3",
                "PARLEY_MEDIA_STORAGE_S3_BUCKET", BUCKET,
                "PARLEY_MEDIA_STORAGE_S3_ENDPOINT", address,
                "PARLEY_MEDIA_STORAGE_S3_PUBLICENDPOINT", address,
                "PARLEY_MEDIA_STORAGE_S3_PATHSTYLE", "true",
                "PARLEY_MEDIA_STORAGE_S3_ACCESSKEY", KEY,
                "PARLEY_MEDIA_STORAGE_S3_SECRETKEY", SECRET);
    }

    /** As clients do it: announced, sent to the store, confirmed. */
    private String upload(ChatUser user, Sent file) throws Exception {
        JsonNode announced = PhotoUpload.presign(user, file.filename(), file.mimeType(), file.content().length)
                .body();
        URI address = URI.create(announced.path("uploadUrl").asString());
        assertThat(address.getPort())
                .as("to the store")
                .isEqualTo(STORE.getUri().getPort());
        HttpRequest.Builder put = HttpRequest.newBuilder(address).PUT(BodyPublishers.ofByteArray(file.content()));
        announced
                .path("headers")
                .properties()
                .forEach(header -> put.header(header.getKey(), header.getValue().asString()));
        HttpResponse<String> answer = HTTP.send(put.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String id = announced.path("fileId").asString();
        JsonNode confirmed = user.call("POST", "/api/v1/storage/files/" + id + "/confirm", Map.of());
        assertThat(confirmed.path("status").asString()).isEqualTo("ready");
        assertThat(HTTP.send(put.build(), BodyHandlers.discarding()).statusCode())
                .as("its address is still good, and changes nothing any more")
                .isEqualTo(200);
        return id;
    }

    private static void assertShows(JsonNode attachment, Sent file) throws Exception {
        assertThat(attachment.path("type").asString()).isEqualTo(file.type());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(attachment.path("url").asString()));
        HttpResponse<byte[]> whole = HTTP.send(request.build(), BodyHandlers.ofByteArray());
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(file.content());
        assertThat(whole.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(whole.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox");
        HttpResponse<byte[]> part =
                HTTP.send(request.header("Range", "bytes=1-3").build(), BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file.content(), 1, 4));
    }

    private static Map<String, Object> message(String conversation, String fileId, String tempId) {
        return Map.of(
                "conversationId", conversation, "attachments", List.of(Map.of("fileId", fileId)), "tempId", tempId);
    }

    /** A tenth of a second. */
    private static byte[] sound() throws Exception {
        byte[] samples = new byte[800];
        AudioFormat format = new AudioFormat(8_000, 8, 1, false, false);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length),
                AudioFileFormat.Type.WAVE,
                file);
        return file.toByteArray();
    }
}
