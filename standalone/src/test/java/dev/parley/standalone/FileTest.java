package dev.parley.standalone;

import static dev.parley.standalone.PhotoUpload.PNG;
import static dev.parley.standalone.PhotoUpload.presign;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A file on its way through the whole platform, by the addresses that clients are given. */
class FileTest {

    private static final String FILES = "/api/v1/storage/files/";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void isUploadedSentShownToTheOtherMemberAndNoLongerThereOnceItIsDeleted() throws Exception {
        ChatUser alice = ChatUser.register(RunningPlatform.baseUrl(), "Alice");
        ChatUser bob = ChatUser.register(RunningPlatform.baseUrl(), "Bob");
        ChatUser eve = ChatUser.register(RunningPlatform.baseUrl(), "Eve");
        String conversation = alice.directWith(bob);

        String file = PhotoUpload.readyFile(alice);
        assertThat(bob.api().get(FILES + file).code()).isEqualTo("file.not-found");
        JsonNode sent = alice.call(
                "POST",
                "/api/v1/conversations/" + conversation + "/messages",
                Map.of("attachments", List.of(Map.of("fileId", file))));

        JsonNode attachment = sent.path("content").path("attachments").path(0);
        assertThat(attachment.path("filename").asString()).isEqualTo("photo.png");
        assertThat(load(attachment.path("url").asString())).isEqualTo(PNG);
        JsonNode seen = bob.get(FILES + file);
        assertThat(seen.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(load(seen.path("url").asString())).isEqualTo(PNG);
        assertThat(eve.api().get(FILES + file).code()).isEqualTo("file.not-found");
        Answer elsewhere = alice.api()
                .post(
                        "/api/v1/conversations/" + alice.directWith(eve) + "/messages",
                        Map.of("attachments", List.of(Map.of("fileId", file))));
        assertThat(elsewhere.code()).isEqualTo("file.already-attached");

        alice.call("DELETE", FILES + file, Map.of());

        assertThat(bob.api().get(FILES + file).code()).isEqualTo("file.not-found");
    }

    @Test
    void refusalsAreDocumented() {
        ChatUser alice = ChatUser.register(RunningPlatform.baseUrl(), "Alice");

        assertThat(presign(alice, "../photo.png", "image/png", PNG.length).code())
                .isEqualTo("file.name-invalid");
        assertThat(presign(alice, "photo.png", "image/png", 0).code()).isEqualTo("file.empty");
        assertThat(presign(alice, "photo.png", "image/png", 1L << 30).code()).isEqualTo("file.too-large");
        assertThat(presign(alice, "page.html", "text/html", 10).code()).isEqualTo("file.type-not-allowed");
        Answer announced = presign(alice, "photo.png", "image/png", PNG.length);
        String id = announced.body().path("fileId").asString();
        assertThat(alice.api().post(FILES + id + "/confirm", Map.of()).code()).isEqualTo("file.not-ready");
        assertThat(alice.api().get(FILES + id + "/url").code()).isEqualTo("file.not-ready");
        assertThat(alice.get("/api/v1/storage/files?limit=10").path("data")).hasSize(1);
        assertThat(alice.call(
                                "POST",
                                "/api/v1/storage/presigned-url/batch",
                                Map.of("files", List.of(Map.of("filename", "x"))))
                        .path("errors"))
                .hasSize(1);
    }

    private static byte[] load(String url) throws Exception {
        HttpResponse<byte[]> loaded = HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(loaded.statusCode()).isEqualTo(200);
        return loaded.body();
    }
}
