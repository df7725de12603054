package dev.parley.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationKind;
import dev.parley.events.Event;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptRead;
import dev.parley.notification.notice.TestConversation;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.test.TraceReceiver;
import dev.parley.platform.test.TraceReceiver.ReceivedSpan;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** From events on their topic to what devices receive. */
class PushPathTest extends NotificationServiceTest {

    private final TestConversation chat = new TestConversation(conversation, TENANT);

    @Autowired
    private EventCodec codec;

    @Autowired
    private EventPublisher publisher;

    @BeforeEach
    void begin() {
        register(alice);
        register(bob);
        publish(chat.created(ConversationKind.DIRECT, null, alice, bob));
    }

    private void register(String user) {
        assertThat(as(user).post(
                                "/api/v1/users/me/devices",
                                Map.of(
                                        "deviceId",
                                        "phone-" + user,
                                        "platform",
                                        "android",
                                        "provider",
                                        "webhook",
                                        "token",
                                        user))
                        .status())
                .isEqualTo(204);
    }

    private void publish(Event event) {
        publisher.publish(codec.pending(event)).block();
    }

    @Test
    void tellsTheOtherOneOnceAndTheSenderNothing() {
        MessageCreated message = chat.message(alice, "Hello Bob");
        PendingEvent event = codec.pending(message);
        publisher.publish(event).block();
        publisher.publish(event).block();

        String id = message.message().id();
        Until.satisfied(() -> assertThat(PushReceiver.of(bob)).hasSize(1));
        JsonNode told = PushReceiver.of(bob).get(0);
        assertThat(told.path("type").asString()).isEqualTo("message");
        assertThat(told.path("messageId").asString()).isEqualTo(id);
        assertThat(told.path("body").asString()).isEqualTo("Hello Bob");
        assertThat(told.path("badge").asInt()).isEqualTo(1);
        assertThat(told.path("url").asString()).isEqualTo("/#/c/" + conversation);
        Until.satisfied(() -> assertThat(became(bob, id)).isEqualTo("accepted"));
        Until.satisfied(() -> assertThat(became(alice, id)).isEqualTo("suppressed own"));
        // What follows was heard later, so the repetition has been heard by now.
        publish(chat.message(alice, "And again"));
        Until.satisfied(() -> assertThat(PushReceiver.of(bob)).hasSize(2));
        assertThat(PushReceiver.of(bob).get(1).path("body").asString()).isEqualTo("And again");
        assertThat(PushReceiver.of(alice)).isEmpty();
    }

    @Test
    void thePushIsInTheTraceOfTheMessage() {
        String parent = TraceReceiver.newParent();
        publisher
                .publish(codec.pending(chat.message(alice, "Hello Bob")).writtenBy(parent))
                .block();

        Until.satisfied(() -> assertThat(TraceReceiver.shared().ofTrace(TraceReceiver.traceId(parent)))
                .extracting(ReceivedSpan::name)
                .contains("publish message.created", "handle conversations", "push webhook"));
        assertThat(TraceReceiver.shared().ofTrace(TraceReceiver.traceId(parent)))
                .filteredOn(span -> span.name().startsWith("push"))
                .extracting(span -> span.attributes().get("parley.user.id"))
                .containsExactly(bob);
        assertThat(TraceReceiver.shared().bytes()).doesNotContain("Hello Bob");
    }

    @Test
    void takesAwayWhatIsReadAndCorrectsTheBadge() {
        MessageCreated message = chat.message(alice, "Hello Bob");
        publish(message);
        Until.satisfied(() -> assertThat(became(bob, message.message().id())).isEqualTo("accepted"));
        publish(read(bob, message.message()));
        Until.satisfied(() -> assertThat(PushReceiver.of(bob)).hasSize(2));
        JsonNode withdrawal = PushReceiver.of(bob).get(1);
        assertThat(withdrawal.path("type").asString()).isEqualTo("read");
        assertThat(withdrawal.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(withdrawal.path("tag").asString()).isEqualTo(conversation);
        assertThat(withdrawal.path("badge").asInt(-1)).isZero();
    }

    @Test
    void tellsNobodyWhatIsReadBeforeItIsTold() {
        MessageCreated message = chat.message(alice, "Hello Bob");
        publisher
                .publish(List.of(codec.pending(message), codec.pending(read(bob, message.message()))))
                .block();
        Until.satisfied(() -> assertThat(became(bob, message.message().id())).isEqualTo("suppressed read"));
        assertThat(PushReceiver.of(bob)).isEmpty();
    }

    @Test
    void aReadThatComesAgainTakesAwayNoReactionThatFollowedIt() {
        MessageSnapshot hello = chat.message(alice, "Hello Bob").message();
        publish(new MessageCreated(hello, null));
        publish(read(alice, hello));
        publish(TestConversation.reacted(hello, bob, "👍", true));
        Until.satisfied(() -> assertThat(told(alice)).containsExactly("reaction"));
        publish(read(alice, hello));
        MessageSnapshot answer = chat.message(bob, "Hello Alice").message();
        publish(new MessageCreated(answer, null));
        // What follows was heard later, so the repetition has been heard by now.
        Until.satisfied(() -> assertThat(became(alice, answer.id())).isEqualTo("accepted"));
        assertThat(logged(alice, ""))
                .noneMatch(push -> push.path("type").asString().equals("read"));
        publish(read(alice, answer));
        Until.satisfied(() -> assertThat(told(alice)).containsExactly("reaction", "message", "read"));
    }

    private static List<String> told(String user) {
        return PushReceiver.of(user).stream()
                .map(push -> push.path("type").asString())
                .toList();
    }

    private ReceiptRead read(String user, MessageSnapshot message) {
        return new ReceiptRead(
                conversation,
                TENANT,
                user,
                message.id(),
                message.seq(),
                0,
                Instant.now(),
                List.of(),
                List.of(),
                0,
                message.ordinal(),
                0L);
    }

    /** What the log says of the push for a message. */
    private String became(String user, String messageId) {
        JsonNode push = logged(user, "&messageId=" + messageId).path(0);
        return (push.path("status").asString("") + " " + push.path("reason").asString("")).strip();
    }

    private JsonNode logged(String user, String filter) {
        return asService()
                .get("/internal/platform/pushes?userId=" + user + filter)
                .body()
                .path("pushes");
    }
}
