package dev.parley.notification.notice;

import static dev.parley.notification.notice.TestConversation.deleted;
import static dev.parley.notification.notice.TestConversation.edited;
import static dev.parley.notification.notice.TestConversation.reacted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationKind;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.Event;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageEdited;
import dev.parley.events.PresenceChanged;
import dev.parley.events.ReactionChanged;
import dev.parley.events.ReceiptRead;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.notification.audience.OpenConversations;
import dev.parley.notification.notice.NoticeChange.Reacted;
import dev.parley.notification.notice.NoticeChange.Told;
import dev.parley.notification.push.Suppression;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * From what happens to the pushes that are made of it, through the broker and the store. The hold lasts for as long as a test wants: each
 * ends it when the service has heard of all, so that no test depends on how quick the machine is.
 */
class NoticeFlowTest extends NotificationServiceTest {

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec codec;

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private OpenConversations open;

    @Autowired
    private FanOutSettings settings;

    private final String carol = "carol-" + Ids.next();
    private final String dora = "dora-" + Ids.next();
    private final TestConversation talk = new TestConversation(conversation, TENANT);
    private final List<String> noticeIds = new ArrayList<>();

    @BeforeEach
    void begin() {
        for (String user : List.of(alice, bob, carol, dora)) {
            Map<String, Object> device = Map.of(
                    "deviceId",
                    "phone-of-" + user,
                    "platform",
                    "android",
                    "provider",
                    "fcm",
                    "token",
                    "token-of-" + user);
            assertThat(as(user).post("/api/v1/users/me/devices", device).status())
                    .isEqualTo(204);
        }
        publish(talk.created(ConversationKind.GROUP, "Team", alice, bob, carol));
    }

    @Test
    void tellsEachDeviceOfEachMemberOnce() {
        MessageCreated message = talk.message(alice, "Hello");
        publish(message, message);
        publish(message);

        endHold();

        assertThat(pushesOf(message.message().id())).isEqualTo(Map.of(alice, "own", bob, "message", carol, "message"));
        assertThat(pushesOf(conversation + "/created")).isEqualTo(Map.of(bob, "group-added", carol, "group-added"));
    }

    @Test
    void aReadElsewhereWithinTheHoldCancels() {
        MessageCreated message = talk.message(alice, "Hello");
        publish(message, readBy(bob, message));

        endHold();

        assertThat(pushesOf(message.message().id())).isEqualTo(Map.of(alice, "own", bob, "read", carol, "message"));
    }

    @Test
    void anEditBeforeTheEndOfTheHoldIsWhatIsTold() {
        MessageCreated message = talk.message(alice, "Hello");
        MessageEdited edited = edited(message.message(), "Hello @carol", carol);
        publish(message, edited);

        endHold();

        assertThat(pushesOf(message.message().id())).isEqualTo(Map.of(alice, "own", bob, "message", carol, "mention"));
    }

    @Test
    void aDeletedMessageIsToldToNobody() {
        MessageCreated message = talk.message(alice, "Hello");
        publish(message, deleted(message.message()), message);

        endHold();

        assertThat(pushesOf(message.message().id())).isEqualTo(Map.of(alice, "own", bob, "deleted", carol, "deleted"));
    }

    @Test
    void whoIsRemovedBeforeTheEndOfTheHoldIsNotTold() {
        MessageCreated message = talk.message(alice, "Hello");
        publish(message, talk.changed(NoticeKind.MEMBER_REMOVED, alice, bob));
        MessageCreated later = talk.message(alice, "Is he gone?", bob);
        publish(later);

        endHold();

        assertThat(pushesOf(message.message().id())).isEqualTo(Map.of(alice, "own", carol, "message"));
        assertThat(pushesOf(later.message().id())).isEqualTo(Map.of(alice, "own", carol, "message"));
    }

    @Test
    void whoIsAddedIsToldOfThatAndOfWhatComesAfterwards() {
        MessageCreated before = talk.message(alice, "before");
        MessageCreated added = talk.changed(NoticeKind.MEMBERS_ADDED, alice, dora);
        MessageCreated after = talk.message(alice, "after");
        publish(before, added, after);

        endHold();

        assertThat(pushesOf(before.message().id())).containsEntry(dora, "not-a-member");
        assertThat(pushesOf(added.message().id() + "/added")).isEqualTo(Map.of(dora, "group-added"));
        assertThat(pushesOf(after.message().id())).containsEntry(dora, "message");
    }

    @Test
    void whoHasTheConversationOpenIsNotTold() {
        publish(new PresenceChanged(
                "node-" + conversation,
                bob,
                TENANT,
                PresenceChanged.Status.ONLINE,
                Instant.now(),
                List.of(conversation),
                List.of(conversation)));
        Until.satisfied(() -> assertThat(open.isOpen(bob, conversation)).isTrue());
        MessageCreated message = talk.message(alice, "Hello");
        publish(message);

        endHold();

        assertThat(pushesOf(message.message().id())).isEqualTo(Map.of(alice, "own", bob, "open", carol, "message"));
    }

    @Test
    void aMentionPassesAMuteUnlessThatIsNotWanted() {
        assertThat(as(carol)
                        .call("PATCH", "/api/v1/users/me/preferences", Map.of("notifyOnMention", false))
                        .status())
                .isEqualTo(200);
        Instant later = Instant.now().plusSeconds(3600);
        publish(
                ConversationUpdated.muted(conversation, TENANT, bob, later),
                ConversationUpdated.muted(conversation, TENANT, carol, later));
        MessageCreated plain = talk.message(alice, "Hello");
        MessageCreated mention = talk.message(alice, "Hello @bob @carol", bob, carol);
        publish(plain, mention);

        endHold();

        assertThat(pushesOf(plain.message().id())).isEqualTo(Map.of(alice, "own", bob, "muted", carol, "muted"));
        assertThat(pushesOf(mention.message().id())).isEqualTo(Map.of(alice, "own", bob, "mention", carol, "muted"));
    }

    /** Near midnight they begin on one day and end on the next. */
    @Test
    void nobodyIsWokenInQuietHours() {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        DateTimeFormatter minutes = DateTimeFormatter.ofPattern("HH:mm");
        Map<String, Object> hours = Map.of(
                "enabled",
                true,
                "start",
                minutes.format(now.minusHours(1)),
                "end",
                minutes.format(now.plusHours(1)),
                "timezone",
                "UTC");
        assertThat(as(bob).call("PATCH", "/api/v1/users/me/preferences", Map.of("quietHours", hours))
                        .status())
                .isEqualTo(200);
        MessageCreated message = talk.message(alice, "Hello");
        publish(message);

        endHold();

        assertThat(pushesOf(message.message().id()))
                .isEqualTo(Map.of(alice, "own", bob, "quiet-hours", carol, "message"));
    }

    @Test
    void aReactionIsToldToTheAuthorUnlessItIsTakenBack() {
        MessageCreated message = talk.message(alice, "Hello");
        ReactionChanged thumb = reacted(message.message(), bob, "👍", true);
        ReactionChanged heart = reacted(thumb.message(), carol, "❤", true);
        ReactionChanged noHeart = reacted(heart.message(), carol, "❤", false);
        publish(message, thumb, heart, noHeart);

        endHold();

        assertThat(pushesOf(message.message().id() + "/" + bob + "/👍")).isEqualTo(Map.of(alice, "reaction"));
        assertThat(pushesOf(message.message().id() + "/" + carol + "/❤")).isEmpty();
    }

    private static ReceiptRead readBy(String userId, MessageCreated message) {
        return new ReceiptRead(
                message.conversationId(),
                TENANT,
                userId,
                message.message().id(),
                message.message().seq(),
                0,
                Instant.now(),
                List.of(),
                List.of(),
                0,
                message.message().ordinal(),
                0L);
    }

    /** What there is to tell is noted before, with a long hold: the events that come through the broker find it there. */
    private void publish(Event... events) {
        List<NoticeChange> told = Arrays.stream(events)
                .flatMap(event -> NoticeChange.of(event, Instant.now(), null).stream())
                .filter(change -> change instanceof Told || change instanceof Reacted)
                .toList();
        told.forEach(change -> noticeIds.add(id(change)));
        new NoticeStore(mongo, new NoticeSettings(Duration.ofHours(1), Duration.ofHours(1)), settings)
                .write(told)
                .block();
        send(events);
    }

    private static String id(NoticeChange change) {
        return change instanceof Told told
                ? told.notice().id()
                : ((Reacted) change).notice().id();
    }

    private void send(Event... events) {
        publisher.publish(Arrays.stream(events).map(codec::pending).toList()).block();
    }

    /** When all that was published is known, everything becomes due, and is brought to all. */
    private void endHold() {
        MessageCreated last = talk.message(alice, "the last");
        send(last);
        Until.satisfied(() ->
                assertThat(ids(Criteria.where("_id").is(last.message().id()))).hasSize(1));
        mongo.updateMulti(
                        Query.query(waiting()),
                        Update.update(NoticeStore.DUE_AT, Instant.now()),
                        NoticeStore.COLLECTION)
                .block();
        Until.satisfied(() -> assertThat(ids(waiting())).isEmpty());
    }

    private Criteria waiting() {
        return Criteria.where("_id").in(noticeIds).and("state").is("WAITING");
    }

    private List<String> ids(Criteria which) {
        return mongo.find(Query.query(which), Document.class, NoticeStore.COLLECTION)
                .map(notice -> notice.getString("_id"))
                .collectList()
                .block();
    }

    /** By user: the type of the push that is made, or why there is none. */
    private Map<String, String> pushesOf(String noticeId) {
        List<String> ids = Stream.of(alice, bob, carol, dora)
                .map(user -> noticeId + "/" + user + "/phone-of-" + user)
                .toList();
        return mongo
                .find(Query.query(Criteria.where("_id").in(ids)), Document.class, "pushes")
                .collectList()
                .block()
                .stream()
                .collect(Collectors.toMap(push -> push.getString("userId"), NoticeFlowTest::outcome));
    }

    /** No provider is there; without a rule against it the push would have been sent. */
    private static String outcome(Document push) {
        String reason = push.getString("reason");
        return reason == null || reason.equals(Suppression.PROVIDER_OFF.wireName()) ? push.getString("type") : reason;
    }
}
