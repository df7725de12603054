package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.FileProcessed;
import dev.parley.events.FileStatus;
import dev.parley.events.Topics;
import dev.parley.message.search.Reindexing;
import dev.parley.platform.encryption.ConversationKey;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.id.Ids;
import dev.parley.platform.service.ServiceClients;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Contents where they are sealed. */
@TestPropertySource(
        properties = {
            "parley.encryption.mode=server",
            "parley.encryption.master-keys.only=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        })
class EncryptionTest extends MessageApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private ServiceClients clients;

    @Autowired
    private Reindexing reindexing;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    @Test
    void showsWhatItSealed() {
        JsonNode first = post(Map.of("text", "grüße secretword", "encryptedContent", Map.of("k", 1)));
        JsonNode reply =
                post(Map.of("text", "an answer", "replyTo", first.path("id").asString()));

        assertThat(get(bob, first.path("id").asString())
                        .path("content")
                        .path("text")
                        .asString())
                .isEqualTo("grüße secretword");
        assertThat(history(bob).get(1).path("encryptedContent").path("k").asInt())
                .isEqualTo(1);
        assertThat(history(bob).get(0).path("replyTo").path("contentPreview").asString())
                .isEqualTo("grüße secretword");
        assertThat(history(alice)).containsExactly(reply, first);
    }

    @Test
    void leavesNothingThatCanBeReadInTheStoreOrOnTheTopic() {
        Map<String, Object> file = Map.of(
                "id",
                "f",
                "type",
                "image",
                "url",
                "https://files.example/secretword",
                "filename",
                "secretword.png",
                "mimeType",
                "image/png",
                "size",
                3);
        String message = post(Map.of("text", "secretword", "attachments", List.of(file)))
                .path("id")
                .asString();
        post(Map.of("text", "other", "replyTo", message));
        call(alice, "PATCH", message, Map.of("text", "secretword again"));
        call(bob, "POST", message + "/reactions", Map.of("emoji", "👍"));
        call(bob, "POST", message + "/pin");
        String hidden = post(Map.of("text", "secretword hidden")).path("id").asString();
        call(bob, "DELETE", hidden + "/me");

        assertThat(get(bob, message).path("content").path("text").asString()).isEqualTo("secretword again");
        assertThat(get(bob, message).path("isPinned").asBoolean()).isTrue();
        call(alice, "PATCH", message, Map.of("text", "secretword at last"));
        assertThat(call(bob, "GET", message + "/edits").body().valueStream().map(edit -> edit.path("text")
                        .asString()))
                .containsExactly("secretword again", "secretword");
        for (String collection : List.of("messages", "hidden", "conversationKeys", "stars")) {
            for (Document stored : mongo.findAll(Document.class, collection).toIterable()) {
                if (stored.toJson().contains(conversation)) {
                    assertThat(stored.toJson()).as(collection).doesNotContain("secretword");
                }
            }
        }
        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            var events = topic.await(conversation, 8, event -> true);
            assertThat(events).extracting(TopicReader::type).contains("message.hidden", "message.pinned");
            assertThat(events).noneMatch(event -> event.value().contains("secretword"));
            assertThat(events)
                    .filteredOn(event -> TopicReader.type(event).equals("message.created"))
                    .allMatch(event -> event.value().contains("\"sealed\""));
        }
    }

    @Test
    void whatBecomesKnownOfAFileIsSealedLikeTheRest() {
        String file = "file-" + Ids.next();
        StubMedia.file(
                file, alice, "IMAGE", "image/png", "secretword.png", Map.of("hasThumbnail", false, "processed", false));
        Map<String, Object> sent = Map.of("attachments", List.of(Map.of("fileId", file)), "tempId", "t");
        String message = post(sent).path("id").asString();

        publisher
                .publish(events.pending(new FileProcessed(
                        file, "acme", conversation, FileStatus.READY, 640, 480, null, null, true, null)))
                .block();

        Until.satisfied(() -> assertThat(get(bob, message)
                        .at("/content/attachments/0/thumbnailUrl")
                        .asString(""))
                .contains(file));
        assertThat(post(sent).path("id").asString()).isEqualTo(message);
        assertThat(as(bob).get("/api/v1/conversations/" + conversation + "/files?type=image")
                        .body()
                        .at("/data/0/filename")
                        .asString())
                .isEqualTo("secretword.png");
        assertThat(mongo.findById(message, Document.class, "messages").block().toJson())
                .doesNotContain("secretword", "640");
        assertThat(published("message.attachments-processed", 1).get(0).toString())
                .contains("\"sealed\"")
                .doesNotContain("secretword", "640");
    }

    @Test
    void recognisesARepeatedSendWithoutTellingFromTheStoreWhatWasSent() {
        Map<String, Object> yes = Map.of("text", "yes", "tempId", "t");
        String message = post(yes).path("id").asString();

        assertThat(mongo.findById(message, Document.class, "messages").block().getString("fingerprint"))
                .matches("[0-9a-f]{32}");
        assertThat(post(yes).path("id").asString()).isEqualTo(message);
        assertThat(as(alice)
                        .post(
                                "/api/v1/conversations/" + conversation + "/messages",
                                Map.of("text", "no", "tempId", "t"))
                        .code())
                .isEqualTo("request.key-reused");
        call(alice, "DELETE", message);
        assertThat(mongo.findById(message, Document.class, "messages").block()).doesNotContainKey("fingerprint");
    }

    @Test
    void findsWholeWordsThatNobodyCanRead() {
        String message = send(alice, "Deployment of the Straße");

        assertThat(found("deployment STRASSE")).containsExactly(message);
        assertThat(found("deploy")).isEmpty();
        call(alice, "PATCH", message, Map.of("text", "rollback"));
        assertThat(found("rollback")).containsExactly(message);
        assertThat(found("deployment")).isEmpty();
        call(alice, "DELETE", message);
        assertThat(found("rollback")).isEmpty();
    }

    @Test
    void makesWordsAnewWithoutShowingThem() {
        String message = send(alice, "secretword 회의실에서");
        Document named = new Document("_id", message);
        Document without = new Document("$unset", new Document("searchText", ""));
        mongo.getCollection("messages")
                .flatMapMany(messages -> messages.updateOne(named, without))
                .blockLast();
        assertThat(found("secretword")).isEmpty();

        mongo.getCollection("searchProgress")
                .flatMapMany(progress -> progress.deleteMany(new Document()))
                .blockLast();
        Until.satisfied(() -> {
            reindexing.run().block();
            assertThat(found("secretword 의실")).containsExactly(message);
        });

        assertThat(mongo.findById(message, Document.class, "messages").block().getString("searchText"))
                .isNotEmpty()
                .doesNotContain("secretword");
    }

    @Test
    void givesServicesTheWrappedKey() {
        send(alice, "something");
        var messages = clients.platformAt(URI.create("http://localhost:" + port));

        ConversationKey key = messages.get()
                .uri("/conversation-keys/{id}", conversation)
                .retrieve()
                .bodyToMono(ConversationKey.class)
                .block();

        assertThat(key.conversationId()).isEqualTo(conversation);
        assertThat(key.masterKeyId()).isEqualTo("only");
        assertThat(as(alice)
                        .get("/internal/platform/conversation-keys/" + conversation)
                        .status())
                .isEqualTo(401);
        assertThat(messages.get()
                        .uri("/conversation-keys/{id}", Ids.next())
                        .retrieve()
                        .bodyToMono(ConversationKey.class)
                        .map(found -> 200)
                        .onErrorResume(
                                ApiException.class,
                                refused -> Mono.just(refused.code().status().value()))
                        .block())
                .isEqualTo(404);
    }

    private JsonNode post(Map<String, ?> body) {
        Answer sent = as(alice).post("/api/v1/conversations/" + conversation + "/messages", body);
        assertThat(sent.status()).as("%s", sent.body()).isEqualTo(201);
        return sent.body();
    }

    private List<String> found(String query) {
        Answer answer = as(bob).get("/api/v1/messages/search?query=" + query);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body()
                .path("data")
                .valueStream()
                .map(message -> message.path("id").asString())
                .toList();
    }
}
