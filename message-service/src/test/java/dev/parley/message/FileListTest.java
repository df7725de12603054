package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FileListTest extends MessageApiTest {

    @Test
    void listsTheFilesOfTheNewestMessageFirst() {
        send(alice, "no file");
        String first = sendFiles(alice, "image:a", "document:b", "image:c");
        String second = sendFiles(bob, "video:d");

        JsonNode page = files(bob, "");

        assertThat(names(page)).containsExactly("d", "a", "b", "c");
        assertThat(page.path("meta").path("total").asInt()).isEqualTo(4);
        JsonNode newest = page.path("data").get(0);
        JsonNode message = get(bob, second);
        assertThat(newest.path("messageId").asString()).isEqualTo(second);
        assertThat(newest.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(newest.path("uploadedBy").asString()).isEqualTo(bob);
        assertThat(newest.path("createdAt")).isEqualTo(message.path("createdAt"));
        message.path("content").path("attachments").get(0).properties().forEach(field -> assertThat(
                        newest.path(field.getKey()))
                .as(field.getKey())
                .isEqualTo(field.getValue()));
        assertThat(page.path("data").get(3).path("messageId").asString()).isEqualTo(first);
    }

    @Test
    void listsFilesOfOneKind() {
        sendFiles(alice, "image:a", "document:b", "image:c");
        sendFiles(alice, "audio:e", "video:d");

        assertThat(names(files(alice, "?type=image"))).containsExactly("a", "c");
        assertThat(names(files(alice, "?type=document"))).containsExactly("b");
        assertThat(names(files(alice, "?type=audio"))).containsExactly("e");
        assertThat(names(files(alice, "?type=video"))).containsExactly("d");
        assertThat(fields(as(alice).get(path("?type=any&page=0")))).containsExactly("type", "page");
    }

    @Test
    void pagesThroughFilesAlsoWithinAMessage() {
        sendFiles(alice, "image:a", "document:x", "image:b", "image:c");
        sendFiles(alice, "image:d", "image:e");
        sendFiles(alice, "image:f");

        assertThat(names(files(alice, "?type=image&page=1&limit=2"))).containsExactly("f", "d");
        assertThat(names(files(alice, "?type=image&page=2&limit=2"))).containsExactly("e", "a");
        assertThat(names(files(alice, "?type=image&page=3&limit=2"))).containsExactly("b", "c");
        assertThat(names(files(alice, "?type=image&page=4&limit=2"))).isEmpty();
        JsonNode meta = files(alice, "?type=image&page=2&limit=2").path("meta");
        assertThat(meta.path("total").asInt()).isEqualTo(6);
        assertThat(meta.path("hasMore").asBoolean()).isTrue();
    }

    @Test
    void listsOnlyWhatTheCallerMaySee() {
        sendFiles(alice, "image:a");
        String deleted = sendFiles(alice, "image:b");
        sendFiles(alice, "image:c");
        call(alice, "DELETE", deleted);

        assertThat(names(files(carol, ""))).containsExactly("a");
        assertThat(names(files(bob, ""))).containsExactly("c", "a");
        String hidden = sendFiles(alice, "image:d");
        assertThat(call(bob, "DELETE", hidden + "/me").status()).isEqualTo(204);
        assertThat(names(files(bob, ""))).containsExactly("c", "a");
        assertThat(names(files(alice, ""))).containsExactly("d", "c", "a");
        assertThat(as(stranger).get(path("")).code()).isEqualTo(NOT_A_MEMBER);
        assertThat(as(eve).get(path("")).code()).isEqualTo(NOT_A_MEMBER);
    }

    /** Each file as {@code type:name}; gives the message's id. */
    private String sendFiles(String user, String... files) {
        List<Map<String, Object>> attachments = Stream.of(files)
                .map(file -> file.split(":"))
                .map(file -> Map.<String, Object>of(
                        "id",
                        "id-" + file[1],
                        "type",
                        file[0],
                        "url",
                        "https://files.example/" + file[1],
                        "filename",
                        file[1],
                        "mimeType",
                        "any/type",
                        "size",
                        3,
                        "duration",
                        2.5))
                .toList();
        Answer sent = as(user).post(
                        "/api/v1/conversations/" + conversation + "/messages", Map.of("attachments", attachments));
        assertThat(sent.status()).as("%s", sent.body()).isEqualTo(201);
        return sent.body().path("id").asString();
    }

    private String path(String query) {
        return "/api/v1/conversations/" + conversation + "/files" + query;
    }

    private JsonNode files(String user, String query) {
        Answer answer = as(user).get(path(query));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> names(JsonNode page) {
        return page.path("data")
                .valueStream()
                .map(file -> file.path("filename").asString())
                .toList();
    }
}
