package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a message can hold. */
class ContentTest extends MessageApiTest {

    @Test
    void keepsTheSizesThatTheSenderDeclaresOfFiles() {
        JsonNode video = sendFile(Map.of("dimensions", Map.of("width", 640, "height", 480), "duration", 1.5))
                .body()
                .path("content")
                .path("attachments")
                .get(0);

        assertThat(video.path("dimensions").path("width").asInt()).isEqualTo(640);
        assertThat(video.path("dimensions").path("height").asInt()).isEqualTo(480);
        assertThat(video.path("duration").asDouble()).isEqualTo(1.5);
        assertThat(history(bob).get(0).path("content").path("attachments").get(0))
                .isEqualTo(video);
    }

    @Test
    void refusesSizesThatCannotBe() {
        assertThat(fields(sendFile(Map.of("dimensions", Map.of("width", 0, "height", "x"), "duration", -1))))
                .containsExactlyInAnyOrder(
                        "attachments[0].dimensions.width",
                        "attachments[0].dimensions.height",
                        "attachments[0].duration");
        assertThat(fields(sendFile(Map.of("dimensions", 5, "duration", "long"))))
                .containsExactlyInAnyOrder("attachments[0].dimensions", "attachments[0].duration");
        assertThat(fields(sendFile(Map.of("dimensions", Map.of("width", 100_001), "duration", 1e9))))
                .containsExactlyInAnyOrder(
                        "attachments[0].dimensions.width",
                        "attachments[0].dimensions.height",
                        "attachments[0].duration");
        assertThat(history(alice)).isEmpty();
    }

    /** A name that turns around looks like one of another kind of file. */
    @Test
    void takesOutOfFileNamesWhatIsNotSeen() {
        Answer sent = sendFile(Map.of("filename", "a\u202Egnp.exe\u200B\uFEFF"));

        assertThat(sent.body()
                        .path("content")
                        .path("attachments")
                        .get(0)
                        .path("filename")
                        .asString())
                .isEqualTo("agnp.exe");
        assertThat(fields(sendFile(Map.of("filename", "\u200B\u3164")))).containsExactly("attachments[0].filename");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"z\": 1.0, \"a\": [1e5, 0.10, 12345678901234567890.5], \"z2\": {\"k\": null}}",
                "\"Zm9v\\u00e9\\/\"",
                "[ 1.50 ]",
                "1.50",
                "true",
            })
    void relaysWhatIsEncryptedAsItWasWritten(String encrypted) {
        String sent =
                "{\"text\":\"beside\",\"isEncrypted\":true,\"encryptedContent\": " + encrypted + " ,\"tempId\":\"t\"}";
        assertThat(post(sent).status()).isEqualTo(201);

        String shown = as(bob).getText("/api/v1/conversations/" + conversation + "/messages");

        assertThat(shown).contains("\"encryptedContent\":" + encrypted + ",");
        JsonNode message = history(bob).get(0);
        assertThat(message.path("isEncrypted").asBoolean()).isTrue();
        assertThat(message.path("encryptionMode").asString()).isEqualTo("client");
        assertThat(message.path("content").path("text").asString()).isEqualTo("beside");
        assertThat(published("message.created", 1)
                        .get(0)
                        .path("message")
                        .path("blocks")
                        .get(1)
                        .path("content")
                        .asString())
                .isEqualTo(encrypted);
    }

    @Test
    void sendsNothingButWhatIsEncrypted() {
        Answer sent = post("{\"encryptedContent\":\"xyz\"}");

        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.body().path("isEncrypted").asBoolean()).isTrue();
        assertThat(sent.body().path("content").path("text").isMissingNode()
                        || sent.body().path("content").path("text").isNull())
                .isTrue();
    }

    @Test
    void refusesEncryptedContentThatIsAbsentTooLongOrDenied() {
        assertThat(fields(post("{\"text\":\"x\",\"isEncrypted\":true}"))).containsExactly("encryptedContent");
        assertThat(fields(post("{\"text\":\"x\",\"isEncrypted\":true,\"encryptedContent\":null}")))
                .containsExactly("encryptedContent");
        assertThat(fields(post("{\"encryptedContent\":\"" + "x".repeat(65_535) + "\"}")))
                .containsExactly("encryptedContent");
        assertThat(fields(post("{\"isEncrypted\":false,\"encryptedContent\":\"x\"}")))
                .containsExactly("isEncrypted");
        assertThat(fields(post("{\"isEncrypted\":\"yes\",\"encryptedContent\":\"x\"}")))
                .contains("isEncrypted");
        assertThat(post("{\"text\":\"x\"} trailing").code()).isEqualTo("request.malformed");
        assertThat(post("[]").code()).isEqualTo("request.malformed");
        assertThat(history(alice)).isEmpty();
    }

    @Test
    void givesAMessageAnotherTextBesideWhatIsEncrypted() {
        String message = post("{\"text\":\"old\",\"encryptedContent\":{\"k\":1.0}}")
                .body()
                .path("id")
                .asString();

        JsonNode edited = call(alice, "PATCH", message, Map.of("text", "new")).body();

        assertThat(edited.path("content").path("text").asString()).isEqualTo("new");
        assertThat(edited.path("isEncrypted").asBoolean()).isTrue();
        assertThat(as(alice).getText("/api/v1/messages/" + message)).contains("\"encryptedContent\":{\"k\":1.0}");
    }

    private Answer post(String json) {
        return as(alice).postText("/api/v1/conversations/" + conversation + "/messages", json);
    }

    private Answer sendFile(Map<String, ?> more) {
        Map<String, Object> file = new HashMap<>(fileElsewhere("video", "f.mp4", "video/mp4"));
        file.putAll(more);
        return as(alice)
                .post("/api/v1/conversations/" + conversation + "/messages", Map.of("attachments", List.of(file)));
    }
}
