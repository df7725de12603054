package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.QuoteState;
import dev.parley.events.ReplyReference;
import dev.parley.platform.test.Until;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members hear only of what stands in the part of a conversation that they see. */
class VisibilityTest extends ChatServiceTest {

    @Test
    void aLaterMemberReceivesNoEditsOfEarlierMessages() {
        Device alicePhone = connect(alice);
        Device carolPhone = connect(carol);
        SERVICES.member(conversation, carol, 2);
        publish(text(alice, 1), notice(alice, 2, NoticeKind.MEMBERS_ADDED, carol), text(alice, 3));
        assertThat(carolPhone.awaitOne("conversation_created").has("fromSeq")).isFalse();

        publish(edited(alice, 1, 1), edited(alice, 3, 1));

        assertThat(edits(alicePhone, 2)).containsExactly("message-1", "message-3");
        assertThat(edits(carolPhone, 1)).containsExactly("message-3");
    }

    @Test
    void aLaterMemberWhoReconnectsReceivesNoEditsOfEarlierMessages() {
        SERVICES.member(conversation, carol, 2);
        Device bobPhone = connect(bob);
        Device carolPhone = connect(carol);

        publish(edited(alice, 1, 1), edited(alice, 2, 1));

        assertThat(edits(bobPhone, 2)).containsExactly("message-1", "message-2");
        assertThat(edits(carolPhone, 1)).containsExactly("message-2");
    }

    @Test
    void aLaterMemberWithTheHistoryReceivesItsEdits() {
        Device carolPhone = connect(carol);
        SERVICES.member(conversation, carol, 1);
        publish(notice(alice, 2, NoticeKind.MEMBERS_ADDED, carol));
        carolPhone.awaitOne("conversation_created");

        publish(edited(alice, 1, 1));

        assertThat(edits(carolPhone, 1)).containsExactly("message-1");
    }

    @Test
    void aMemberWhoClearedTheHistoryReceivesNoEditsOfIt() {
        Device bobPhone = connect(bob);
        publish(edited(alice, 1, 1));
        assertThat(edits(bobPhone, 1)).containsExactly("message-1");
        SERVICES.member(conversation, bob, 2);

        publish(new ConversationUpdated(conversation, TENANT, bob));
        bobPhone.awaitOne("conversation_updated");
        publish(edited(alice, 1, 2), edited(alice, 2, 1));

        assertThat(edits(bobPhone, 2)).containsExactly("message-1", "message-2");
    }

    @Test
    void aMemberWhoCannotSeeAQuotedMessageReceivesNoPreview() {
        SERVICES.member(conversation, carol, 2);
        Device bobPhone = connect(bob);
        Device carolPhone = connect(carol);
        Device carolTablet = connect(carol);
        carolTablet.succeed("leave_room", conversation);

        publish(reply(alice, 3, 1), reply(alice, 4, 2));

        assertThat(previews(bobPhone)).containsExactly("text 1", "text 2");
        assertThat(previews(carolPhone)).containsExactly("", "text 2");
        assertThat(states(bobPhone)).containsExactly("text", "text");
        assertThat(states(carolPhone)).containsExactly("hidden", "text");
        settle(carolTablet);
        assertThat(carolTablet.told("new_message")).isEmpty();
    }

    @Test
    void aMemberKnownBeforeTheSystemMessageReceivesNoEarlierMessages() {
        SERVICES.member(conversation, carol, 3);
        Device bobPhone = connect(bob);
        Device carolPhone = connect(carol);

        publish(
                text(alice, 1),
                notice(alice, 2, NoticeKind.MEMBERS_ADDED, "dave"),
                notice(alice, 3, NoticeKind.MEMBERS_ADDED, carol),
                text(alice, 4));

        assertThat(places(bobPhone, 4)).containsExactly(1, 2, 3, 4);
        assertThat(places(carolPhone, 2)).containsExactly(3, 4);
        settle(carolPhone);
        assertThat(carolPhone.told("participant_joined")).hasSize(1);
    }

    @Test
    void aDeviceListeningBeforeTheSystemMessageReceivesNoEarlierMessages() {
        Device carolPhone = connect(carol);
        SERVICES.member(conversation, carol, 3);
        carolPhone.succeed("join_room", conversation);

        publish(text(alice, 1), text(alice, 2), notice(alice, 3, NoticeKind.MEMBERS_ADDED, carol), edited(alice, 1, 1));

        assertThat(places(carolPhone, 1)).containsExactly(3);
        settle(carolPhone);
        assertThat(carolPhone.told("message_updated")).isEmpty();
    }

    private static List<Integer> places(Device device, int count) {
        return device.await("new_message", count).stream()
                .map(told -> told.path("message").path("seq").asInt())
                .toList();
    }

    private static List<String> previews(Device device) {
        return device.await("new_message", 2).stream()
                .map(told -> told.path("message").path("replyTo"))
                .peek(shown -> assertThat(shown.has("seq")).isFalse())
                .map(shown -> shown.path("contentPreview").asString())
                .toList();
    }

    private static List<String> states(Device device) {
        return device.told("new_message").stream()
                .map(told -> told.path("message").path("replyTo").path("state").asString())
                .toList();
    }

    private MessageCreated reply(String sender, long seq, long answered) {
        MessageSnapshot sent = text(sender, seq).message();
        return new MessageCreated(
                new MessageSnapshot(
                        sent.id(),
                        TENANT,
                        conversation,
                        seq,
                        seq,
                        1,
                        sent.sender(),
                        sent.senderKind(),
                        null,
                        sent.blocks(),
                        new ReplyReference(
                                "message-" + answered, "Bob", "text " + answered, answered, "bob", QuoteState.TEXT),
                        List.of(),
                        sent.createdAt(),
                        null),
                "temp-" + seq);
    }

    private static List<String> edits(Device device, int count) {
        Until.satisfied(() -> assertThat(device.told("message_updated")).hasSizeGreaterThanOrEqualTo(count));
        return device.told("message_updated").stream()
                .map(told -> told.path("messageId").asString().split("@")[0])
                .toList();
    }
}
