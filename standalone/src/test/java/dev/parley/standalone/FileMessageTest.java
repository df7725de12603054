package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two people, each with a Socket.IO client, and a photo. */
class FileMessageTest {

    /** One pixel. */
    private static final byte[] PNG = HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d4948445200000001000000010806000000" + "1f15c4890000000d49444154789c6360"
                    + "606060000000050001a5f645400000000049454e44ae426082");

    private final ChatUser ann = ChatUser.register(RunningPlatform.baseUrl(), "Ann");
    private final ChatUser bo = ChatUser.register(RunningPlatform.baseUrl(), "Bo");
    private final String direct = ann.directWith(bo);

    @Test
    void aPhotoIsSentByTheIdOfItsFile() throws Exception {
        String photo = uploaded();
        try (ChatSocket annsPhone = ann.connect();
                ChatSocket bosPhone = bo.connect()) {

            JsonNode sent = annsPhone
                    .succeed("send_message", message(direct, photo, "1"))
                    .path("message");

            JsonNode told = bosPhone.await("new_message", 1).get(0).path("message");
            assertThat(told.path("id")).isEqualTo(sent.path("id"));
            assertThat(annsPhone.await("new_message", 1).get(0).path("message").path("content"))
                    .isEqualTo(told.path("content"));
            JsonNode file = told.path("content").path("attachments").get(0);
            assertThat(file.path("id").asString()).isEqualTo(photo);
            assertThat(file.path("type").asString()).isEqualTo("image");
            assertThat(file.path("filename").asString()).isEqualTo("photo.png");
            assertThat(file.path("mimeType").asString()).isEqualTo("image/png");
            assertThat(file.path("size").asInt()).isEqualTo(PNG.length);
            assertThat(file.path("url").asString())
                    .startsWith("http://localhost:"
                            + URI.create(RunningPlatform.baseUrl()).getPort() + "/api/v1/storage/content/" + photo
                            + "?variant=original&expires=")
                    .contains("&signature=");
            assertThat(annsPhone
                            .succeed("send_message", message(direct, photo, "1"))
                            .path("messageId"))
                    .as("a repeated send is the same message")
                    .isEqualTo(sent.path("id"));
        }
        assertThat(bo.get("/api/v1/conversations/" + direct + "/files?type=image")
                        .path("data")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(photo);
        assertThat(bo.listed(direct)
                        .at("/lastMessage/content/attachments/0/url")
                        .asString())
                .contains(photo);
    }

    @Test
    void aPhotoOfSomebodyElseOrOfAnotherConversationIsRefusedByName() throws Exception {
        String photo = uploaded();
        String other = ann.groupWith(bo);
        try (ChatSocket annsPhone = ann.connect();
                ChatSocket bosPhone = bo.connect()) {
            JsonNode refused = bosPhone.ask("send_message", message(direct, photo, "1"));
            assertThat(refused.path("code").asString()).isEqualTo("file.not-found");
            assertThat(refused.path("errors").get(0).path("field").asString()).isEqualTo("attachments[0].fileId");

            annsPhone.succeed("send_message", message(direct, photo, "1"));
            assertThat(annsPhone
                            .ask("send_message", message(other, photo, "2"))
                            .path("code")
                            .asString())
                    .isEqualTo("file.already-attached");
        }
        assertThat(bo.history(direct)).hasSize(1);
    }

    @Test
    void clientsAreToldOfTheLimits() {
        JsonNode uploads = ann.get("/api/v1/config").path("uploads");

        assertThat(uploads.path("maxSize").path("image").asLong()).isEqualTo(5 << 20);
        assertThat(uploads.path("maxFilesPerMessage").asInt()).isEqualTo(10);
        for (JsonNode type : uploads.path("allowedTypes")) {
            Answer presigned = ann.api()
                    .post(
                            "/api/v1/storage/presigned-url",
                            Map.of("filename", "file", "mimeType", type.asString(), "size", 1));
            assertThat(presigned.code()).as("%s", type).isNotEqualTo("file.type-not-allowed");
        }
    }

    private static Map<String, Object> message(String conversation, String fileId, String tempId) {
        return Map.of(
                "conversationId", conversation, "attachments", List.of(Map.of("fileId", fileId)), "tempId", tempId);
    }

    /** Announced, uploaded and confirmed by Ann. */
    private String uploaded() throws Exception {
        JsonNode upload = ann.call(
                "POST",
                "/api/v1/storage/presigned-url",
                Map.of("filename", "photo.png", "mimeType", "image/png", "size", PNG.length));
        HttpResponse<String> put = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(upload.path("uploadUrl").asString()))
                                .header("Content-Type", "image/png")
                                .PUT(BodyPublishers.ofByteArray(PNG))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(put.statusCode()).as(put.body()).isBetween(200, 299);
        String fileId = upload.path("fileId").asString();
        ann.call("POST", "/api/v1/storage/files/" + fileId + "/confirm", Map.of());
        return fileId;
    }
}
