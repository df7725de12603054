package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.parley.conversation.access.Member;
import dev.parley.conversation.messageservice.UnreadRange;
import dev.parley.conversation.messageservice.UnreadRange.MessagePosition;
import dev.parley.conversation.readpointer.ReadPointerUpdates;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** Reading, and what others are told of it. */
class ReadingTest extends ConversationServiceTestCase {

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private ConversationStore conversations;

    @Autowired
    private MembershipStore memberships;

    @Autowired
    private ReadPointerUpdates receipts;

    @Autowired
    private MeterRegistry meters;

    @AfterEach
    void messageServiceIsBack() {
        TestMessageService.away(false);
    }

    @Test
    void countsWhatOthersWroteAndNotOnesOwn() {
        TestMessageLog chat = direct(alice, bob);
        say(chat, alice, "one");
        say(chat, bob, "two");
        said(chat, alice, "three");

        assertThat(unread(alice, chat)).isEqualTo(1);
        assertThat(unread(bob, chat)).isEqualTo(2);
        assertThat(conversation(bob, chat).path("unreadCount").asLong()).isEqualTo(2);
    }

    @Test
    void readingUpToTheLatestLeavesNothing() {
        TestMessageLog chat = direct(alice, bob);
        say(chat, alice, "one");
        MessageSnapshot last = said(chat, alice, "two");

        assertThat(read(bob, chat, Map.of())).isEqualTo(204);

        assertThat(unread(bob, chat)).isZero();
        JsonNode lastRead =
                as(bob).get(BASE + "/" + chat.conversationId + "/last-read").body();
        assertThat(lastRead.path("lastReadMessageId").asString()).isEqualTo(last.id());
        assertThat(Instant.parse(lastRead.path("lastReadAt").asString()))
                .isBefore(Instant.now().plusSeconds(1));
        JsonNode never =
                as(alice).get(BASE + "/" + chat.conversationId + "/last-read").body();
        assertThat(never.get("lastReadMessageId").isNull()).isTrue();
        assertThat(never.get("lastReadAt").isNull()).isTrue();
    }

    @Test
    void readingUpToAMessageLeavesWhatCameAfterIt() {
        TestMessageLog chat = direct(alice, bob);
        say(chat, alice, "one");
        MessageSnapshot middle = say(chat, alice, "two");
        say(chat, bob, "mine");
        said(chat, alice, "three");

        assertThat(read(bob, chat, Map.of("messageId", middle.id()))).isEqualTo(204);

        assertThat(unread(bob, chat)).isEqualTo(1);
        JsonNode receipt = published(chat, "receipt.read", 1).get(0);
        assertThat(receipt.path("unreadCount").asLong()).isEqualTo(1);
        assertThat(receipt.path("readOrdinal").asLong()).isEqualTo(2);
        assertThat(receipt.path("readSentOrdinal").asLong(-1)).isZero();
    }

    @Test
    void tellsWhatWasReadAndThatADirectChatsOneReaderIsAll() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot one = say(chat, alice, "one");
        say(chat, bob, "mine");
        MessageSnapshot gone = say(chat, alice, "gone");
        delete(chat, gone);
        MessageSnapshot two = said(chat, alice, "two");

        read(bob, chat, Map.of());

        JsonNode receipt = published(chat, "receipt.read", 1).get(0);
        assertThat(receipt.path("conversationId").asString()).isEqualTo(chat.conversationId);
        assertThat(receipt.path("userId").asString()).isEqualTo(bob);
        assertThat(receipt.path("messageId").asString()).isEqualTo(two.id());
        assertThat(receipt.path("seq").asLong()).isEqualTo(4);
        assertThat(receipt.path("readOrdinal").asLong()).isEqualTo(4);
        assertThat(receipt.path("readSentOrdinal").asLong()).isEqualTo(1);
        assertThat(receipt.path("afterSeq").asLong()).isZero();
        assertThat(receipt.path("messages").valueStream().map(message -> message.path("messageId")
                        .asString()))
                .containsExactly(one.id(), two.id());
        assertThat(receipt.path("messages").get(0).path("senderId").asString()).isEqualTo(alice);
        assertThat(texts(receipt.path("fullyReadMessageIds"))).containsExactly(one.id(), two.id());
        assertThat(receipt.path("unreadCount").asLong()).isZero();
        assertThat(status(alice, chat)).isEqualTo("read");
    }

    @Test
    void aGroupHasReadAMessageWhenAllButItsSenderHave() {
        TestMessageLog group = group("Readers", bob, carol);
        MessageSnapshot alices = say(group, alice, "from alice");
        MessageSnapshot bobs = said(group, bob, "from bob");

        read(bob, group, Map.of());
        assertThat(status(alice, group)).isEqualTo("sent");
        read(carol, group, Map.of());
        assertThat(status(alice, group)).isEqualTo("delivered");
        read(alice, group, Map.of());
        assertThat(status(carol, group)).isEqualTo("read");

        List<JsonNode> receipts = published(group, "receipt.read", 3);
        assertThat(receipts)
                .extracting(receipt -> texts(receipt.path("fullyReadMessageIds")))
                .containsExactly(List.of(), List.of(alices.id()), List.of(bobs.id()));
    }

    @Test
    void thoseWhoReadLastAtTheSameMomentCompleteAMessageTogether() {
        TestMessageLog group = group("Together", bob, carol);
        MessageSnapshot message = said(group, alice, "who reads this?");

        Flux.just(bob, carol)
                .flatMap(reader -> as(reader).posting(BASE + "/" + group.conversationId + "/read", Map.of()), 2)
                .collectList()
                .block();

        assertThat(published(group, "receipt.read", 2).stream()
                        .flatMap(receipt -> texts(receipt.path("fullyReadMessageIds")).stream()))
                .contains(message.id());
        assertThat(status(alice, group)).isEqualTo("read");
    }

    @Test
    void aReceiptIsEnoughToNoteWhatEverybodyHasRead() {
        TestMessageLog group = group("Crash", bob, carol);
        MessageSnapshot message = said(group, alice, "who reads this?");
        read(bob, group, Map.of());
        read(carol, group, Map.of());
        assertThat(status(alice, group)).isEqualTo("read");

        asAfterACrash(group);
        publish(receipt(group, carol, message));

        Until.satisfied(() -> assertThat(status(alice, group)).isEqualTo("read"));
    }

    @Test
    void aReceiptOfOneIsNotEnoughForEverybody() {
        TestMessageLog group = group("Crash", bob, carol);
        MessageSnapshot message = said(group, alice, "who reads this?");
        read(bob, group, Map.of());

        asAfterACrash(group);
        publish(receipt(group, bob, message));

        Until.satisfied(() -> assertThat(status(alice, group)).isEqualTo("delivered"));
    }

    /** The pointers are written, and nothing that comes after that. */
    private void asAfterACrash(TestMessageLog messageLog) {
        mongo.updateFirst(
                        Query.query(Criteria.where("_id").is(messageLog.conversationId)),
                        new Update().set("progress.fullyReadSeq", 0L).set("progress.deliveredSeq", 0L),
                        Conversation.class)
                .block();
    }

    private static ReceiptRead receipt(TestMessageLog messageLog, String userId, MessageSnapshot message) {
        ReceivedMessage read = new ReceivedMessage(
                message.id(), message.seq(), message.sender().id());
        return new ReceiptRead(
                messageLog.conversationId,
                "acme",
                userId,
                message.id(),
                message.seq(),
                0,
                Instant.now(),
                List.of(read),
                List.of(),
                0);
    }

    @Test
    void writesNothingForOneWhoWasRemovedInBetween() {
        TestMessageLog group = group("Race", bob);
        MessageSnapshot message = said(group, alice, "one");
        Member before = new Member(
                conversations.byId("acme", group.conversationId).block(),
                memberships.of(group.conversationId, bob).block());
        as(alice).call("DELETE", BASE + "/" + group.conversationId + "/participants/" + bob, Map.of());

        UnreadRange range = new UnreadRange(new MessagePosition(message.id(), 1, 1, 0), List.of());
        assertThat(receipts.move(before, range).block()).isNull();

        assertThat(memberships.of(group.conversationId, bob).block().reading().readSeq())
                .isZero();
    }

    @Test
    void countsMovedReadPointersAndThoseMovedMeanwhile() {
        TestMessageLog group = group("Counted", bob);
        MessageSnapshot message = said(group, alice, "one");
        Member before = new Member(
                conversations.byId("acme", group.conversationId).block(),
                memberships.of(group.conversationId, bob).block());
        double written = counted("written");
        double conflicts = counted("conflicts");

        read(bob, group, Map.of());
        read(bob, group, Map.of());
        UnreadRange range = new UnreadRange(new MessagePosition(message.id(), 1, 1, 0), List.of());
        assertThat(receipts.move(before, range).block()).isNull();

        assertThat(counted("written") - written).isEqualTo(1);
        assertThat(counted("conflicts") - conflicts).isEqualTo(1);
    }

    private double counted(String what) {
        return meters.get("parley.conversations.read-pointers." + what)
                .counter()
                .count();
    }

    @Test
    void aSecondReadingTellsNothing() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot first = say(chat, alice, "one");
        said(chat, alice, "two");

        List<Answer> answers = Flux.range(0, 8)
                .flatMap(i -> as(bob).posting(BASE + "/" + chat.conversationId + "/read", Map.of()), 8)
                .collectList()
                .block();
        assertThat(answers).extracting(Answer::status).containsOnly(204);
        assertThat(read(bob, chat, Map.of("messageId", first.id()))).isEqualTo(204);
        assertThat(unread(bob, chat)).isZero();
        said(chat, alice, "three");
        read(bob, chat, Map.of());

        assertThat(published(chat, "receipt.read", 2))
                .extracting(receipt -> receipt.path("seq").asLong())
                .containsExactly(2L, 3L);
    }

    @Test
    void refusesAMessageThatIsNotThere() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot elsewhere = said(direct(alice, carol), alice, "elsewhere");

        Answer refused = as(bob).post(BASE + "/" + chat.conversationId + "/read", Map.of("messageId", elsewhere.id()));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("message.not-found");
        assertThat(as(bob).post(BASE + "/" + chat.conversationId + "/read", Map.of("messageId", 5))
                        .code())
                .isEqualTo("request.invalid");
        assertThat(read(carol, chat, Map.of())).isEqualTo(403);
        assertThat(unread(carol, chat)).isEqualTo(-1);
    }

    @Test
    void readingAnEmptyConversationIsNothing() {
        TestMessageLog chat = direct(alice, bob);

        assertThat(read(bob, chat, Map.of())).isEqualTo(204);
        assertThat(as(bob).post(BASE + "/nothing/read", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void changesNothingWhileMessageServiceIsAway() {
        TestMessageLog chat = direct(alice, bob);
        said(chat, alice, "one");
        TestMessageService.away(true);

        assertThat(read(bob, chat, Map.of())).isEqualTo(503);
        assertThat(unread(bob, chat)).isEqualTo(1);

        TestMessageService.away(false);
        assertThat(read(bob, chat, Map.of())).isEqualTo(204);
    }

    @Test
    void sumsUpWhatIsUnreadEverywhere() {
        TestMessageLog first = direct(alice, bob);
        TestMessageLog second = group("Second", bob);
        TestMessageLog third = group("Third", bob);
        say(first, alice, "one");
        say(first, alice, "two");
        say(second, alice, "three");
        said(third, bob, "mine");

        Until.satisfied(() -> {
            JsonNode summary = as(bob).get(BASE + "/unread").body();
            assertThat(summary.path("totalUnread").asLong()).isEqualTo(3);
            assertThat(summary.path("byConversation").valueStream())
                    .extracting(count -> count.path("conversationId").asString(), count -> count.path("unreadCount")
                            .asLong())
                    .containsExactlyInAnyOrder(tuple(first.conversationId, 2L), tuple(second.conversationId, 1L));
        });
    }

    @Test
    void theLeavingOfTheLastWhoHadNotReadCompletesReceiptsOnce() {
        TestMessageLog group = group("Completed", bob, carol);
        MessageSnapshot alices = say(group, alice, "from alice");
        MessageSnapshot bobs = say(group, bob, "from bob");
        MessageSnapshot unread = said(group, alice, "nobody reads this");
        read(bob, group, Map.of("messageId", bobs.id()));
        read(alice, group, Map.of());
        assertThat(published(group, "receipt.read", 2))
                .allSatisfy(receipt ->
                        assertThat(receipt.path("fullyReadMessageIds")).isEmpty());

        remove(group, carol);

        JsonNode completed = published(group, "receipt.completed", 1).get(0);
        assertThat(completed.path("seq").asLong()).isEqualTo(group.size());
        assertThat(completed.path("readings").valueStream())
                .extracting(reading -> reading.path("userId").asString(), reading -> reading.path("messages")
                        .valueStream()
                        .map(message -> message.path("messageId").asString())
                        .toList())
                .containsExactlyInAnyOrder(tuple(bob, List.of(alices.id())), tuple(alice, List.of(bobs.id())));
        assertThat(completed.toString()).doesNotContain(unread.id());

        add(group, carol);
        MessageSnapshot next = said(group, alice, "read by bob");
        remove(group, carol);
        add(group, carol);
        read(bob, group, Map.of());
        remove(group, carol);
        MessageSnapshot last = said(group, alice, "the last");
        add(group, carol);
        MessageSnapshot again = said(group, alice, "again");
        read(bob, group, Map.of());
        remove(group, carol);
        assertThat(published(group, "receipt.completed", 2).get(1).path("readings"))
                .as("told once; %s and %s were read by all already", next.seq(), last.seq())
                .hasSize(1)
                .allSatisfy(reading -> assertThat(reading.path("messages")).hasSize(1))
                .allSatisfy(reading -> assertThat(reading.path("messages")
                                .get(0)
                                .path("messageId")
                                .asString())
                        .isEqualTo(again.id()));
    }

    @Test
    void aLeavingAlsoCompletesWhatOnlyFormerMembersHaveRead() {
        TestMessageLog group = group("Former reader", bob, carol);
        MessageSnapshot message = said(group, alice, "one");
        read(bob, group, Map.of());
        remove(group, bob);
        assertThat(status(alice, group)).isNotEqualTo("read");

        assertThat(as(carol)
                        .post(BASE + "/" + group.conversationId + "/leave", Map.of())
                        .status())
                .isEqualTo(204);

        JsonNode reading =
                published(group, "receipt.completed", 1).get(0).path("readings").get(0);
        assertThat(reading.path("userId").asString()).isEqualTo(bob);
        assertThat(reading.path("messages").get(0).path("messageId").asString()).isEqualTo(message.id());
        assertThat(pointers(group).path("former").valueStream())
                .extracting(former -> former.path("userId").asString(), former -> former.path("readSeq")
                        .asLong())
                .containsExactlyInAnyOrder(tuple(bob, 1L), tuple(carol, 0L));
    }

    @Test
    void whoComesBackHasReadWhatWasReadBeforeAndNothingElse() {
        TestMessageLog group = group("Back", bob, carol);
        say(group, alice, "read by bob");
        said(group, alice, "not read by bob");
        read(bob, group, Map.of("messageId", group.at(1).id()));
        remove(group, bob);
        add(group, bob);

        JsonNode pointers = pointers(group);
        JsonNode earlier = pointers.path("former").get(0);
        assertThat(earlier.path("userId").asString()).isEqualTo(bob);
        assertThat(earlier.path("readSeq").asLong()).isEqualTo(1);
        assertThat(earlier.path("toSeq").asLong()).isEqualTo(3);
        JsonNode now = pointers.path("members")
                .valueStream()
                .filter(member -> member.path("userId").asString().equals(bob))
                .findFirst()
                .orElseThrow();
        assertThat(now.path("fromSeq").asLong()).isEqualTo(4);
        assertThat(now.has("readAt")).isFalse();
    }

    private void add(TestMessageLog group, String userId) {
        as(alice).post(BASE + "/" + group.conversationId + "/participants", Map.of("userIds", List.of(userId)));
    }

    private void remove(TestMessageLog group, String userId) {
        as(alice).call("DELETE", BASE + "/" + group.conversationId + "/participants/" + userId, Map.of());
    }

    private JsonNode pointers(TestMessageLog messageLog) {
        return asService()
                .get("/internal/platform/conversations/" + messageLog.conversationId + "/pointers")
                .body();
    }

    private String status(String userId, TestMessageLog messageLog) {
        return conversation(userId, messageLog)
                .path("lastMessage")
                .path("deliveryStatus")
                .asString();
    }
}
