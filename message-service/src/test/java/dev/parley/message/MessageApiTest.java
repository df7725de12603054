package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Topics;
import dev.parley.message.StubConversations.Membership;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.EveryQueryHasAnIndex;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.TraceReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A conversation of Alice and Bob, in which Carol was until position 1 and Eve of another tenant never. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=message-service",
            "parley.message.sends-per-second=1",
            "parley.message.edits-per-second=1",
            "parley.message.deletions-per-second=1",
            "parley.message.reactions-per-second=1",
            "parley.message.pins-per-second=1",
            "parley.message.stars-per-second=1",
            "parley.message.sends-at-once=" + MessageApiTest.SENDS_AT_ONCE,
            "parley.message.pins-at-once=" + MessageApiTest.PINS_AT_ONCE,
            "parley.message.edits-at-once=120",
            "parley.message.reactions-at-once=120",
            "parley.message.reindex-pause=1ms",
            "parley.message.edits-shown-in.evil=false",
            "parley.outbox.keep=4s"
        })
@ExtendWith(EveryQueryHasAnIndex.class)
abstract class MessageApiTest {

    /** More than by default: a test does in a moment what a person does in minutes. */
    static final int SENDS_AT_ONCE = 300;

    static final int PINS_AT_ONCE = 150;

    static final String NOT_FOUND = "message.not-found";
    static final String NOT_A_MEMBER = "conversation.not-a-member";

    private static final JsonMapper JSON = new JsonMapper();

    final String conversation = Ids.next();
    final String alice = "alice-" + Ids.next();
    final String bob = "bob-" + Ids.next();
    final String carol = "carol-" + Ids.next();
    final String eve = "eve-" + Ids.next();
    final String stranger = "stranger-" + Ids.next();

    @LocalServerPort
    private int port;

    @Autowired
    private ReactiveMongoTemplate mongo;

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
        TraceReceiver.register(properties);
        properties.add("parley.services.auth", TestUsers::url);
        properties.add("parley.services.conversation", StubConversations::url);
        properties.add("parley.services.media", StubMedia::url);
    }

    @BeforeEach
    void membersAndOthers() {
        TestUsers.register("acme", alice, bob, carol, stranger);
        TestUsers.register("evil", eve);
        StubConversations.admit(conversation, alice, bob);
        StubConversations.admit(conversation, carol, Membership.former(1, 1));
    }

    ApiClient as(String userId) {
        return new ApiClient(port, TestTokens.tokenFor(userId, userId.equals(eve) ? "evil" : "acme"));
    }

    /** Asks as conversation-service does. */
    Answer askInternally(String path, Map<String, ?> body) {
        return new ApiClient(port, "none")
                .with("Authorization", StubAnswers.CREDENTIALS)
                .post("/internal/platform/conversations/" + conversation + path, body);
    }

    /** Puts a notice of a member into the conversation, and gives it as it was answered. */
    JsonNode notice(String actor, String key, String kind, String member) {
        Answer appended = askInternally("/notices", noticeRequest(actor, key, kind, member));
        assertThat(appended.status()).as("%s", appended.body()).isEqualTo(200);
        return appended.body();
    }

    static Map<String, ?> noticeRequest(String actor, String key, String kind, String member) {
        Map<String, ?> participant = Map.of("user", user(member), "role", "MEMBER", "joinedAt", "2026-01-01T00:00:00Z");
        Map<String, ?> notice = Map.of(
                "type", "notice", "kind", kind, "members", List.of(participant), "plainText", kind + " " + member);
        return Map.of("tenantId", "acme", "key", key, "actor", user(actor), "notice", notice);
    }

    private static Map<String, String> user(String id) {
        return Map.of("id", id, "username", id, "displayName", "Name of " + id);
    }

    /** Sends a message and gives its id. */
    String send(String userId, String text) {
        Answer sent = as(userId)
                .post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", text, "tempId", text));
        assertThat(sent.status()).as("%s", sent.body()).isEqualTo(201);
        return sent.body().path("id").asString();
    }

    /** An attachment that is kept elsewhere, as its sender declares it. */
    static Map<String, Object> fileElsewhere(String type, String filename, String mimeType) {
        return Map.of(
                "id",
                "f",
                "type",
                type,
                "url",
                "https://files.example/f",
                "filename",
                filename,
                "mimeType",
                mimeType,
                "size",
                3);
    }

    Answer call(String userId, String method, String path, Map<String, ?> body) {
        return as(userId).call(method, "/api/v1/messages/" + path, body);
    }

    Answer call(String userId, String method, String path) {
        return call(userId, method, path, Map.of());
    }

    JsonNode get(String userId, String messageId) {
        return call(userId, "GET", messageId).body();
    }

    List<JsonNode> history(String userId) {
        Answer answer = as(userId).get("/api/v1/conversations/" + conversation + "/messages");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body().path("data").valueStream().toList();
    }

    /** Makes a message older than it is. */
    void age(String messageId, Duration by) {
        Update older = Update.update("createdAt", Instant.now().minus(by));
        assertThat(mongo.updateFirst(Query.query(Criteria.where("_id").is(messageId)), older, "messages")
                        .block()
                        .getModifiedCount())
                .isEqualTo(1);
    }

    /** The events of a type that tell of this conversation, each once, in order. */
    List<JsonNode> published(String type, int count) {
        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            List<JsonNode> distinct = List.of();
            for (int records = count; distinct.size() < count; records++) {
                distinct = topic
                        .await(conversation, records, event -> TopicReader.type(event)
                                .equals(type))
                        .stream()
                        .map(event -> JSON.readTree(event.value()))
                        .distinct()
                        .toList();
            }
            return distinct;
        }
    }

    /** Those who may not see a message of Alice at position 2, or not touch it, are refused, each as is due. */
    void refusesOthers(String method, String suffix, Map<String, ?> body) {
        send(alice, "first");
        String second = send(alice, "second");
        JsonNode before = get(alice, second);

        assertThat(call(stranger, method, second + suffix, body).code()).isEqualTo(NOT_A_MEMBER);
        assertThat(call(eve, method, second + suffix, body).code()).isEqualTo(NOT_FOUND);
        assertThat(call(carol, method, second + suffix, body).code()).isEqualTo(NOT_FOUND);
        assertThat(call(alice, method, "nothing" + suffix, body).code()).isEqualTo(NOT_FOUND);
        assertThat(get(alice, second)).isEqualTo(before);
    }

    static List<String> fields(Answer refused) {
        assertThat(refused.code()).isEqualTo("request.invalid");
        return refused.body()
                .path("errors")
                .valueStream()
                .map(error -> error.path("field").asString())
                .toList();
    }
}
