package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Uploads a photo by the address that the platform gives for it. */
final class PhotoUpload {

    /** One pixel. */
    static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private PhotoUpload() {}

    static Answer presign(ChatUser user, String filename, String mimeType, long size) {
        return user.api()
                .post(
                        "/api/v1/storage/presigned-url",
                        Map.of("filename", filename, "mimeType", mimeType, "size", size));
    }

    /** Announces, uploads and confirms {@code photo.png}; returns the id of the file, which is ready. */
    static String readyFile(ChatUser user) throws Exception {
        JsonNode announced = presign(user, "photo.png", "image/png", PNG.length).body();
        HttpRequest.Builder upload = HttpRequest.newBuilder(
                        URI.create(announced.path("uploadUrl").asString()))
                .PUT(BodyPublishers.ofByteArray(PNG));
        announced
                .path("headers")
                .properties()
                .forEach(header ->
                        upload.header(header.getKey(), header.getValue().asString()));
        HttpResponse<String> uploaded =
                HTTP.send(upload.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(204);
        String id = announced.path("fileId").asString();
        assertThat(user.call("POST", "/api/v1/storage/files/" + id + "/confirm", Map.of())
                        .path("status")
                        .asString())
                .isEqualTo("ready");
        return id;
    }
}
