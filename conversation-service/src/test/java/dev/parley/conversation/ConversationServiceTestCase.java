package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.EveryQueryHasAnIndex;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tests of the whole service have in common: it runs, and message-service is played by {@link TestMessageService}. */
@ExtendWith(EveryQueryHasAnIndex.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=conversation-service")
abstract class ConversationServiceTestCase {

    static final String BASE = "/api/v1/conversations";
    static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    private int port;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    final String alice = "alice-" + Ids.next();
    final String bob = "bob-" + Ids.next();
    final String carol = "carol-" + Ids.next();

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
        properties.add("parley.services.auth", TestUsers::url);
        properties.add("parley.services.message", TestMessageService::url);
        properties.add("parley.services.media", StubIconFiles::url);
        properties.add("parley.conversation.invitation.may-add-by-tenant.asking", () -> "ask");
        properties.add("parley.conversation.invitation.may-add-by-tenant.guarded", () -> "contacts");
        properties.add("parley.conversation.invitation.max-open", () -> 20);
        properties.add("parley.conversation.catch-up.timeout", () -> "4s");
    }

    @BeforeEach
    void threeUsers() {
        TestUsers.register("acme", alice, bob, carol);
    }

    @AfterEach
    void messageServiceWasAskedWhatItUnderstands() {
        assertThat(TestMessageService.mistakes()).isEmpty();
    }

    ApiClient as(String userId) {
        return new ApiClient(port, TestTokens.tokenFor(userId, "acme"));
    }

    String address() {
        return "http://localhost:" + port;
    }

    ApiClient asService() {
        return as("service").with("Authorization", StubAnswers.CREDENTIALS);
    }

    TestMessageLog group(String name, String... others) {
        return messageLogOf(as(alice)
                .post(BASE + "/group", Map.of("name", name, "participantIds", List.of(others)))
                .body());
    }

    TestMessageLog direct(String one, String other) {
        return messageLogOf(
                as(one).post(BASE + "/direct", Map.of("userId", other)).body());
    }

    static TestMessageLog messageLogOf(JsonNode conversation) {
        return TestMessageService.messageLog(conversation.path("id").asString(), "acme");
    }

    void publish(ConversationEvent event) {
        publisher.publish(events.pending(event)).block();
    }

    /** message-service has stored and acknowledged it, and no event has come. */
    void store(ConversationEvent event, long seq) {
        TestMessageService.stored(event.conversationId(), seq, null, events.pending(event));
    }

    MessageSnapshot store(TestMessageLog messageLog, String senderId, String text) {
        MessageSnapshot message = messageLog.send(senderId, text);
        store(new MessageCreated(message, null), message.seq());
        return message;
    }

    void storeHidden(TestMessageLog messageLog, String userId, MessageSnapshot message, MessageSnapshot newest) {
        MessageHidden hidden =
                new MessageHidden(messageLog.conversationId, "acme", userId, message.id(), message.seq(), newest);
        TestMessageService.stored(messageLog.conversationId, message.seq(), userId, events.pending(hidden));
    }

    MessageSnapshot say(TestMessageLog messageLog, String senderId, String text) {
        MessageSnapshot message = messageLog.send(senderId, text);
        publish(new MessageCreated(message, null));
        return message;
    }

    /** Says something, and waits until lists know it. */
    MessageSnapshot said(TestMessageLog messageLog, String senderId, String text) {
        MessageSnapshot message = say(messageLog, senderId, text);
        awaitAdvanced(messageLog);
        return message;
    }

    /** Lets the service hear of the newest message again, such as a notice that it asked for itself. */
    void announceNewest(TestMessageLog messageLog) {
        publish(new MessageCreated(messageLog.at(messageLog.size()), null));
    }

    void delete(TestMessageLog messageLog, MessageSnapshot message) {
        publish(new MessageDeleted(messageLog.delete(message), message.sender().id()));
    }

    void edit(TestMessageLog messageLog, MessageSnapshot message, String text) {
        publish(new MessageEdited(messageLog.edit(message, text)));
    }

    void hide(TestMessageLog messageLog, String userId, MessageSnapshot message, MessageSnapshot newest) {
        publish(new MessageHidden(messageLog.conversationId, "acme", userId, message.id(), message.seq(), newest));
    }

    /** Waits until lists know of the newest message. */
    void awaitAdvanced(TestMessageLog messageLog) {
        MessageSnapshot newest = messageLog.at(messageLog.size());
        Until.satisfied(() -> assertThat(conversation(newest.sender().id(), messageLog)
                        .path("lastMessage")
                        .path("seq")
                        .asLong())
                .isEqualTo(newest.seq()));
    }

    int change(String method, String userId, TestMessageLog messageLog, String what) {
        return as(userId)
                .call(method, BASE + "/" + messageLog.conversationId + what, Map.of())
                .status();
    }

    JsonNode conversation(String userId, TestMessageLog messageLog) {
        return as(userId).get(BASE + "/" + messageLog.conversationId).body();
    }

    long unread(String userId, TestMessageLog messageLog) {
        return as(userId)
                .get(BASE + "/" + messageLog.conversationId + "/unread")
                .body()
                .path("unreadCount")
                .asLong(-1);
    }

    int read(String userId, TestMessageLog messageLog, Map<String, ?> body) {
        return as(userId)
                .post(BASE + "/" + messageLog.conversationId + "/read", body)
                .status();
    }

    /** The events of a type in a conversation, each once, when there are as many. */
    static List<JsonNode> published(TestMessageLog messageLog, String type, int count) {
        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            return topic
                    .awaitDistinct(messageLog.conversationId, count, message -> TopicReader.type(message)
                            .equals(type))
                    .stream()
                    .map(message -> JSON.readTree(message.value()))
                    .toList();
        }
    }

    static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
