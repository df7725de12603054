package dev.parley.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.processing.FileProcessing;
import dev.parley.platform.test.Until;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import tools.jackson.databind.JsonNode;

/** What is made of a file once it is confirmed. */
class ProcessingTest extends MediaServiceTest {

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private FileProcessing processing;

    @Test
    void aPhotoGetsASmallPictureWithoutItsMetadata() throws Exception {
        byte[] photo = TestFiles.jpegWithMetadata(1200, 800, 6);

        JsonNode file = processed(upload("photo.jpg", "image/jpeg", photo));

        assertThat(file.path("dimensions").path("width").asInt()).isEqualTo(800);
        assertThat(file.path("dimensions").path("height").asInt()).isEqualTo(1200);
        HttpResponse<byte[]> thumbnail = load(file.path("thumbnailUrl").asString());
        assertThat(thumbnail.headers().firstValue("content-type")).contains("image/jpeg");
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(thumbnail.body()));
        assertThat(small.getHeight()).isEqualTo(512);
        assertThat(small.getWidth()).isBetween(340, 342);
        assertThat(new String(thumbnail.body(), StandardCharsets.ISO_8859_1)).doesNotContain(TestFiles.SECRET);
    }

    @Test
    void aDocumentGetsItsFirstPage() throws Exception {
        JsonNode file = processed(upload("paper.pdf", "application/pdf", TestFiles.pdf()));

        assertThat(ImageIO.read(new ByteArrayInputStream(
                        load(file.path("thumbnailUrl").asString()).body())))
                .isNotNull();
    }

    @Test
    void aTextGetsNone() {
        JsonNode file = processed(upload("note.txt", "text/plain", "hello".getBytes(StandardCharsets.US_ASCII)));

        assertThat(file.has("thumbnailUrl")).isFalse();
        assertThat(file.path("status").asString()).isEqualTo("ready");
    }

    /** As if the service had been killed while it worked on the file. */
    @Test
    void whatWasLeftByACrashIsTakenAgain() {
        String fileId = upload("photo.jpg", "image/jpeg", TestFiles.jpeg(600, 600));
        processed(fileId);
        mongo.updateFirst(
                        byId(fileId),
                        Update.update("processing", new Document("dueAt", Instant.now()).append("tries", 1))
                                .unset("media"),
                        "files")
                .block();

        processing.wake();

        assertThat(processed(fileId).has("thumbnailUrl")).isTrue();
    }

    @Test
    void aThumbnailIsDeletedWithItsFile() throws IOException {
        String fileId = upload("photo.jpg", "image/jpeg", TestFiles.jpeg(600, 600));
        String url = processed(fileId).path("thumbnailUrl").asString();

        as(alice).call("DELETE", path(fileId), java.util.Map.of());

        assertThat(load(url).statusCode()).isEqualTo(404);
    }

    private String upload(String name, String type, byte[] content) {
        JsonNode presigned = Uploads.presign(as(alice), Uploads.file(name, type, content.length))
                .body();
        uploads().put(presigned.path("uploadUrl").asString(), content);
        String fileId = presigned.path("fileId").asString();
        assertThat(Uploads.confirm(as(alice), fileId).status()).isEqualTo(200);
        return fileId;
    }

    /** The file, when all is done that is to be done with it. */
    private JsonNode processed(String fileId) {
        Until.satisfied(() -> assertThat(mongo.findOne(byId(fileId), Document.class, "files")
                        .block(Duration.ofSeconds(10))
                        .get("processing"))
                .isNull());
        return get(alice, fileId).body();
    }

    private static Query byId(String fileId) {
        return Query.query(Criteria.where("_id").is(fileId));
    }

    private HttpResponse<byte[]> load(String url) {
        URI here = URI.create(address() + url.substring(url.indexOf("/api/")));
        return HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(here).build(), BodyHandlers.ofByteArray())
                .join();
    }
}
