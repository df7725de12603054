package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import tools.jackson.databind.JsonNode;

/** Messages that an earlier version stored: recorded documents, field for field as they were on disk. */
class StoredDocumentTest extends MessageApiTest {

    private static final List<String> FIELDS = List.of(
            "_id",
            "tenantId",
            "conversationId",
            "seq",
            "ordinal",
            "senderOrdinal",
            "senderId",
            "senderKind",
            "clientId",
            "clientKey",
            "blocks",
            "mentions",
            "createdAt",
            "searchText");

    private final List<Document> recorded = new ArrayList<>();

    @Autowired
    private ReactiveMongoTemplate mongo;

    @BeforeEach
    void storeWhatWasRecorded() throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/stored-messages.jsonl")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replace("{conversation}", conversation)
                            .replace("{alice}", alice)
                            .replace("{bob}", bob)
                            .replace("{carol}", carol))
                    .map(Document::parse)
                    .forEach(recorded::add);
        }
        mongo.getCollection("messages")
                .flatMapMany(messages -> messages.insertMany(recorded))
                .blockLast();
    }

    @Test
    void readsEveryFieldOfTheDocumentsOfBefore() {
        List<JsonNode> newestFirst = history(alice);

        assertThat(newestFirst)
                .extracting(message -> message.path("seq").asLong())
                .containsExactly(4L, 3L, 2L, 1L);
        JsonNode edited = newestFirst.get(3);
        assertThat(edited.path("id").asString()).isEqualTo(id(1));
        assertThat(edited.path("tenantId").asString()).isEqualTo("acme");
        assertThat(edited.path("senderId").asString()).isEqualTo(alice);
        assertThat(edited.path("tempId").asString()).isEqualTo("Hello @bob");
        assertThat(edited.path("content").path("text").asString()).isEqualTo("Hello all");
        assertThat(edited.path("createdAt").asString()).isEqualTo("2024-11-29T17:53:30.774Z");
        assertThat(edited.path("editedAt").asString()).isEqualTo("2024-11-29T17:53:31.411Z");
        assertThat(edited.path("updatedAt").asString()).isEqualTo("2024-11-29T17:53:31.767Z");
        assertThat(edited.path("isPinned").asBoolean()).isTrue();
        assertThat(edited.path("reactions").get(0).path("emoji").asString()).isEqualTo("+1");
        JsonNode reply = newestFirst.get(2);
        assertThat(reply.path("senderId").asString()).isEqualTo(bob);
        assertThat(reply.path("replyTo").path("messageId").asString()).isEqualTo(id(1));
        assertThat(reply.path("replyTo").path("contentPreview").asString()).isEqualTo("Hello all");
        assertThat(reply.path("content")
                        .path("attachments")
                        .get(0)
                        .path("filename")
                        .asString())
                .isEqualTo("f1.png");
        assertThat(reply.path("encryptedContent").path("k").asInt()).isEqualTo(1);
        assertThat(newestFirst.get(1).path("content").path("type").asString()).isEqualTo("system");
        assertThat(newestFirst.get(0).path("status").asString()).isEqualTo("deleted");
    }

    @Test
    void publishesTheEventThatADocumentOfBeforeCarries() {
        assertThat(published("message.created", 1)
                        .get(0)
                        .path("message")
                        .path("id")
                        .asString())
                .isEqualTo(id(2));
    }

    @Test
    void findsTheDocumentsOfBeforeByTheirWordsAndFiles() {
        assertThat(as(bob).get("/api/v1/messages/search?query=hello&conversationId=" + conversation)
                        .body()
                        .path("data")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo(id(1));
        assertThat(as(bob).get("/api/v1/conversations/" + conversation + "/files?type=image")
                        .body()
                        .path("data")
                        .path(0)
                        .path("messageId")
                        .asString())
                .isEqualTo(id(2));
    }

    @Test
    void countsOnAndTakesARepeatedSendForTheSameAsBefore() {
        assertThat(send(alice, "Hello @bob")).isEqualTo(id(1));
        String next = send(alice, "next");

        Document stored = stored(next);
        assertThat(stored.getLong("seq")).isEqualTo(5);
        assertThat(stored.getLong("ordinal")).isEqualTo(4);
        assertThat(stored.getLong("senderOrdinal")).isEqualTo(3);
    }

    @Test
    void writesTheFieldsThatItWroteBefore() {
        String plain = send(alice, "plain");
        assertThat(stored(plain).keySet())
                .containsAll(FIELDS)
                .isSubsetOf(Stream.concat(FIELDS.stream(), Stream.of("fingerprint", "outbox", "outboxSince"))
                        .toList());
    }

    @Test
    void keepsWhatADocumentOfBeforeHoldsWhenItIsChanged() {
        Document before = recorded.get(0);

        call(bob, "DELETE", id(1) + "/pin");

        Document after = stored(id(1));
        Document changes = after.get("changes", Document.class);
        assertThat(changes.getLong("revision")).isEqualTo(4);
        assertThat(changes).doesNotContainKey("pin");
        assertThat(changes.get("reactions"))
                .isEqualTo(before.get("changes", Document.class).get("reactions"));
        for (String field : before.keySet()) {
            if (!field.equals("changes")) {
                assertThat(after.get(field)).as(field).isEqualTo(before.get(field));
            }
        }
    }

    /** A later version may have added fields; an older one had no mentions. */
    @Test
    void readsADocumentWithFieldsThatItDoesNotKnowAndWithoutSomeThatItDoes() {
        mongo.getCollection("messages")
                .flatMapMany(messages -> messages.updateOne(
                        new Document("_id", id(1)),
                        new Document("$set", new Document("fromTheFuture", Map.of("a", 1)))
                                .append("$unset", new Document("mentions", "").append("clientKey", ""))))
                .blockLast();

        assertThat(get(bob, id(1)).path("content").path("text").asString()).isEqualTo("Hello all");
        assertThat(call(bob, "POST", id(1) + "/reactions", Map.of("emoji", "👍"))
                        .status())
                .isEqualTo(200);
        assertThat(stored(id(1)).get("fromTheFuture", Document.class).getInteger("a"))
                .isEqualTo(1);
    }

    /** What was sent with it then is not known any more. */
    @Test
    void givesAMessageOfBeforeForItsTempIdWhateverIsSentWithIt() {
        var again = as(alice)
                .post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of("text", "something else", "tempId", "Hello @bob"));

        assertThat(again.body().path("id").asString()).isEqualTo(id(1));
    }

    private String id(int seq) {
        return conversation + "-" + seq;
    }

    private Document stored(String id) {
        return mongo.findById(id, Document.class, "messages").block();
    }
}
