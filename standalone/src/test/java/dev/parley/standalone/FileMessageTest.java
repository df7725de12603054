package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two people, each with a Socket.IO client, and a photo. */
class FileMessageTest {

    private final ChatUser ann = ChatUser.register(RunningPlatform.baseUrl(), "Ann");
    private final ChatUser bo = ChatUser.register(RunningPlatform.baseUrl(), "Bo");
    private final String direct = ann.directWith(bo);

    @Test
    void aPhotoIsSentByTheIdOfItsFile() throws Exception {
        String photo = PhotoUpload.readyFile(ann);
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
            assertThat(file.path("size").asInt()).isEqualTo(PhotoUpload.PNG.length);
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
    void whoUploadsAFileIsToldWhatBecameOfIt() throws Exception {
        try (ChatSocket annsPhone = ann.connect()) {
            String photo = PhotoUpload.readyFile(ann);

            JsonNode told = annsPhone.await("file_processed", 1).get(0);
            assertThat(told.path("fileId").asString()).isEqualTo(photo);
            assertThat(told.path("status").asString()).isEqualTo("ready");
        }
    }

    @Test
    void aPhotoOfSomebodyElseOrOfAnotherConversationIsRefusedByName() throws Exception {
        String photo = PhotoUpload.readyFile(ann);
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
}
