package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptCompleted.LastReading;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Carol reads what Alice and Bob wrote. */
class ReceiptTest extends ChatServiceTest {

    private static final Instant AT = Instant.parse("2026-05-01T10:00:00Z");

    @BeforeEach
    void carolIsAMemberToo() {
        SERVICES.member(conversation, carol, true, 0);
    }

    @Test
    void sendsReadReceiptsOfTheirOwnMessagesToSendersAndAllToTheReader() {
        String dave = "dave-" + alice;
        SERVICES.member(conversation, dave, true, 0);
        Device alicePhone = connect(alice);
        Device aliceTablet = connect(alice);
        Device bobPhone = connect(bob);
        Device carolPhone = connect(carol);
        Device carolTablet = connect(carol);
        Device davePhone = connect(dave);

        publish(read(3, List.of(of(alice, 1), of(bob, 2), of(alice, 3)), List.of("m1", "m2")));

        for (Device device : List.of(alicePhone, aliceTablet)) {
            JsonNode receipt = device.awaitOne("read_receipt");
            assertThat(receipt.path("conversationId").asString()).isEqualTo(conversation);
            assertThat(receipt.path("messageId").asString()).isEqualTo("m3");
            assertThat(receipt.path("userId").asString()).isEqualTo(carol);
            assertThat(receipt.path("readAt").asString()).isEqualTo("2026-05-01T10:00:00.000Z");
            assertThat(ids(receipt, "updatedMessageIds")).containsExactly("m1", "m3");
            assertThat(ids(receipt, "fullyReadMessageIds")).containsExactly("m1");
        }
        JsonNode ofBob = bobPhone.awaitOne("read_receipt");
        assertThat(ids(ofBob, "updatedMessageIds")).containsExactly("m2");
        assertThat(ids(ofBob, "fullyReadMessageIds")).containsExactly("m2");
        for (Device device : List.of(carolPhone, carolTablet)) {
            assertThat(ids(device.awaitOne("read_receipt"), "updatedMessageIds"))
                    .containsExactly("m1", "m2", "m3");
            JsonNode unread = device.awaitOne("unread_count_changed");
            assertThat(unread.path("conversationId").asString()).isEqualTo(conversation);
            assertThat(unread.path("unreadCount").asInt()).isEqualTo(5);
        }
        settle(alicePhone, davePhone);
        assertThat(alicePhone.told("unread_count_changed")).isEmpty();
        assertThat(davePhone.told("read_receipt")).isEmpty();
    }

    @Test
    void sendsSendersWhichOfTheirMessagesWereDelivered() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device carolPhone = connect(carol);

        publish(delivered(3, List.of(of(alice, 1), of(bob, 2), of(alice, 3))));

        JsonNode several = alicePhone.awaitOne("messages_delivered");
        assertThat(several.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(ids(several, "messageIds")).containsExactly("m1", "m3");
        assertThat(several.path("deliveredTo").path("userId").asString()).isEqualTo(carol);
        assertThat(several.path("deliveredAt").asString()).isEqualTo("2026-05-01T10:00:00.000Z");
        JsonNode one = bobPhone.awaitOne("message_delivered");
        assertThat(one.path("messageId").asString()).isEqualTo("m2");
        assertThat(one.path("deliveredTo").path("userId").asString()).isEqualTo(carol);
        settle(alicePhone, bobPhone, carolPhone);
        assertThat(alicePhone.told("message_delivered")).isEmpty();
        assertThat(bobPhone.told("messages_delivered")).isEmpty();
        assertThat(carolPhone.events()).containsOnly("message_deleted_for_me");
    }

    @Test
    void sendsEachReceiptOnce() {
        Device alicePhone = connect(alice);
        ReceiptRead read = read(1, List.of(of(alice, 1)), List.of());
        ReceiptDelivered delivered = delivered(1, List.of(of(alice, 1)));

        publish(read, delivered, read, delivered, read(2, List.of(of(alice, 2)), List.of()));

        settle(alicePhone);
        assertThat(alicePhone.told("read_receipt")).hasSize(2);
        assertThat(alicePhone.told("message_delivered")).hasSize(1);
    }

    @Test
    void sendsSendersOnceWhatALeavingCompleted() {
        Device alicePhone = connect(alice);
        Device aliceTablet = connect(alice);
        Device bobPhone = connect(bob);
        Device carolPhone = connect(carol);
        ReceiptCompleted completed = new ReceiptCompleted(
                conversation,
                TENANT,
                4,
                List.of(
                        new LastReading(carol, AT, List.of(of(alice, 1), of(bob, 2))),
                        new LastReading(bob, AT.plusSeconds(1), List.of(of(alice, 3)))));

        publish(read(2, List.of(of(alice, 1), of(bob, 2)), List.of()));
        PendingEvent told = pending(completed);
        publishAgain(told, told);

        for (Device device : List.of(alicePhone, aliceTablet)) {
            List<JsonNode> receipts = device.await("read_receipt", 3);
            assertThat(receipts)
                    .extracting(
                            receipt -> receipt.path("userId").asString(),
                            receipt -> receipt.path("messageId").asString(),
                            receipt -> ids(receipt, "fullyReadMessageIds"))
                    .containsExactly(
                            tuple(carol, "m2", List.of()),
                            tuple(carol, "m1", List.of("m1")),
                            tuple(bob, "m3", List.of("m3")));
            assertThat(receipts.get(2).path("conversationId").asString()).isEqualTo(conversation);
            assertThat(receipts.get(2).path("readAt").asString()).isEqualTo("2026-05-01T10:00:01.000Z");
            assertThat(ids(receipts.get(2), "updatedMessageIds")).containsExactly("m3");
        }
        assertThat(ids(bobPhone.await("read_receipt", 2).get(1), "fullyReadMessageIds"))
                .containsExactly("m2");
        settle(alicePhone, aliceTablet, bobPhone, carolPhone);
        assertThat(alicePhone.told("read_receipt")).hasSize(3);
        assertThat(bobPhone.told("read_receipt")).hasSize(2);
        assertThat(carolPhone.told("unread_count_changed")).hasSize(1);
    }

    @Test
    void sendsNoReceiptsToAFormerMember() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);

        publish(
                notice(bob, 4, NoticeKind.MEMBER_REMOVED, alice),
                read(3, List.of(of(alice, 1), of(bob, 2)), List.of("m1")),
                delivered(3, List.of(of(alice, 1), of(bob, 2))));

        bobPhone.awaitOne("read_receipt");
        bobPhone.awaitOne("message_delivered");
        settle(alicePhone);
        assertThat(alicePhone.told("read_receipt")).isEmpty();
        assertThat(alicePhone.told("message_delivered")).isEmpty();
    }

    @Test
    void reportsMessagesThatWereWrittenToADeviceOfARecipient() {
        Device alicePhone = connect(alice);
        connect(bob);
        connect(bob, "polling");
        SERVICES.deliveriesToRefuse = 1;

        publish(text(alice, 1), text(alice, 2));

        alicePhone.await("new_message", 2);
        Until.satisfied(() -> {
            assertThat(SERVICES.deliveriesToRefuse).isZero();
            assertThat(reported().map(report -> report.path("seq").asInt())).contains(2);
        });
        assertThat(reported()).allSatisfy(report -> {
            assertThat(report.path("userId").asString()).isEqualTo(bob);
            assertThat(report.path("tenantId").asString()).isEqualTo(TENANT);
            assertThat(Instant.parse(report.path("at").asString()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
        });
    }

    @Test
    void reportsNothingForMembersWhoAreNotConnectedOrDoNotListen() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        bobPhone.succeed("leave_room", conversation);
        publish(text(alice, 1));
        alicePhone.awaitOne("new_message");
        Device carolPhone = connect(carol);

        publish(text(alice, 2));

        carolPhone.awaitOne("new_message");
        Until.satisfied(() -> assertThat(reported()).isNotEmpty());
        assertThat(reported())
                .extracting(report -> report.path("userId").asString())
                .containsOnly(carol);
    }

    @Test
    void reportsTheLastMessageOfAConversationThatADeviceIsShownThoughItDoesNotListen() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        bobPhone.succeed("leave_room", conversation);
        SERVICES.member(conversation, "founder", true, 0);
        Device ofItsSender = connect("founder");

        publish(new ConversationAdvanced(conversation, TENANT, 1));

        bobPhone.awaitOne("conversation_updated");
        alicePhone.awaitOne("conversation_updated");
        ofItsSender.awaitOne("conversation_updated");
        Until.satisfied(() -> assertThat(reported())
                .extracting(report -> report.path("userId").asString() + " "
                        + report.path("seq").asLong())
                .containsExactlyInAnyOrder(alice + " 1", bob + " 1"));
        publish(new ConversationAdvanced(conversation, TENANT, 1));
        bobPhone.await("conversation_updated", 2);
        publish(text(alice, 2));
        Device bobTablet = connect(bob);
        publish(text(alice, 3));
        bobTablet.awaitOne("new_message");
        Until.satisfied(
                () -> assertThat(reported().map(report -> report.path("seq").asLong()))
                        .contains(3L));
        assertThat(reported().filter(report -> report.path("seq").asLong() == 1))
                .as("once for each")
                .hasSize(2);
    }

    private Stream<JsonNode> reported() {
        return SERVICES.callsOf("/deliveries").stream()
                .flatMap(call -> call.body().path("deliveries").valueStream())
                .filter(report -> report.path("conversationId").asString().equals(conversation));
    }

    private ReceiptRead read(long seq, List<ReceivedMessage> messages, List<String> fullyRead) {
        return new ReceiptRead(conversation, TENANT, carol, "m" + seq, seq, 0, AT, messages, fullyRead, 5);
    }

    private ReceiptDelivered delivered(long seq, List<ReceivedMessage> messages) {
        return new ReceiptDelivered(conversation, TENANT, carol, seq, 0, AT, messages);
    }

    private static ReceivedMessage of(String sender, long seq) {
        return new ReceivedMessage("m" + seq, seq, sender);
    }

    private static List<String> ids(JsonNode receipt, String field) {
        return receipt.path(field).valueStream().map(JsonNode::asString).toList();
    }
}
