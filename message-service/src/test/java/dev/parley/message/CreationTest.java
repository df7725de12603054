package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationKind;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TopicReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** conversation-service could not publish yet that the conversation was created. */
class CreationTest extends MessageApiTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    private EventCodec events;

    private PendingEvent creation;

    @BeforeEach
    void theCreationIsNotPublished() {
        creation = events.pending(
                new ConversationCreated(
                        conversation, "acme", ConversationKind.GROUP, "Team", null, alice, List.of(), Instant.now()),
                0,
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
        StubConversations.unpublished(conversation, creation);
    }

    @Test
    void isPublishedBeforeTheFirstMessage() {
        send(alice, "one");
        send(bob, "two");
        StubConversations.unpublished(conversation, null);
        send(alice, "three");

        assertThat(topic(4))
                .containsExactly("conversation.created", "message.created", "message.created", "message.created");
    }

    @Test
    void isPublishedBeforeTheFirstMessageHoweverManyAreSentAtOnce() {
        List.of(alice, bob).parallelStream().forEach(sender -> {
            for (int i = 0; i < 10; i++) {
                send(sender, sender + i);
            }
        });

        assertThat(topic(21)).startsWith("conversation.created").containsOnlyOnce("conversation.created");
        assertThat(published("message.created", 20))
                .extracting(event -> event.path("message").path("seq").asLong())
                .isSorted();
    }

    @Test
    void isPublishedBeforeTheFirstSystemMessage() {
        Map<String, Object> request = new HashMap<>(noticeRequest(alice, "1", "MEMBERS_ADDED", carol));
        request.put("creation", JSON.readValue(JSON.writeValueAsString(creation), Map.class));

        Answer appended = askInternally("/notices", request);

        assertThat(appended.status()).as("%s", appended.body()).isEqualTo(200);
        assertThat(topic(2)).containsExactly("conversation.created", "message.created");
    }

    @Test
    void isNotPublishedBeforeAMessageThatOthersCameBefore() {
        StubConversations.unpublished(conversation, null);
        send(alice, "one");
        StubConversations.unpublished(conversation, creation);
        send(bob, "two");

        published("message.created", 2);
        assertThat(topic(2)).containsExactly("message.created", "message.created");
    }

    @Test
    void isTheSameEventWhoeverPublishesIt() {
        send(alice, "one");

        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            var published = topic.await(
                            conversation, 1, event -> TopicReader.type(event).equals("conversation.created"))
                    .get(0);
            assertThat(new String(published.headers().lastHeader("ce_id").value()))
                    .isEqualTo(creation.id());
            JsonNode told = JSON.readTree(published.value());
            assertThat(told).isEqualTo(JSON.readTree(creation.data()));
        }
    }

    /** The types of all that is published of the conversation, in order. */
    private List<String> topic(int count) {
        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            return topic.await(conversation, count, event -> true).stream()
                    .map(TopicReader::type)
                    .toList();
        }
    }
}
