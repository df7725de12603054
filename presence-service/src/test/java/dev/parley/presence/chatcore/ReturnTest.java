package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.Event;
import dev.parley.events.ReceiptRead;
import dev.parley.platform.test.RecoveringClient;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

/** Who comes back to the node where it was. */
class ReturnTest extends RecoveryTest {

    @Test
    void receivesAllMissedEventsOnceAndInOrder() {
        RecoveringClient phone = connected(alice);
        RecoveringClient tablet = connected(alice);
        publish(textIn(conversation, bob, 1));
        phone.await("new_message", 1);
        String pid = phone.pid();

        phone.cut();
        publish(everything(2).toArray(Event[]::new));
        settle(conversation, tablet, alice);
        phone.connect(port);
        publish(textIn(conversation, bob, 9));
        settle(conversation, phone, alice);
        settle(conversation, tablet, alice);
        settle(conversation, phone, alice);

        assertThat(phone.isRecovered()).isTrue();
        assertThat(phone.pid()).isEqualTo(pid);
        List<String> told = phone.stream();
        assertThat(told).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(withoutContents(tablet)).startsWith(withoutContents(phone).toArray(String[]::new));
        assertThat(told.stream().map(one -> one.split(" ")[0]).distinct())
                .contains(
                        "new_message",
                        "message_updated",
                        "message_deleted",
                        "reaction_updated",
                        "message_pin_updated",
                        "read_receipt",
                        "unread_count_changed",
                        "message_delivered",
                        "message_deleted_for_me",
                        "participant_joined",
                        "participant_left",
                        "conversation_deleted");
        phone.await("conversation_created", 1);
        assertThat(phone.told("resync_required")).isEmpty();
    }

    @Test
    void receivesTheLatestStateOfChangedConversations() {
        RecoveringClient phone = connected(alice);
        RecoveringClient tablet = connected(alice);
        phone.cut();
        publish(new ConversationUpdated(conversation, TENANT, null));
        settle(conversation, tablet, alice);

        phone.connect(port);

        assertThat(phone.await("conversation_updated", 1).get(0).path("id").asString())
                .isEqualTo(conversation);
    }

    @Test
    void receivesNothingTwiceWhenNothingWasMissed() {
        RecoveringClient phone = connected(alice);
        publish(textIn(conversation, bob, 1), noticeIn(conversation, 2, NoticeKind.MEMBERS_ADDED, carol));
        phone.await("participant_joined", 1);

        phone.cut();
        phone.connect(port);
        settle(conversation, phone, alice);

        assertThat(phone.isRecovered()).isTrue();
        assertThat(phone.stream()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void receivesTheRestOfAPartlyReceivedRecord() {
        RecoveringClient phone = connected(alice);
        publish(
                noticeIn(conversation, 1, NoticeKind.MEMBERS_ADDED, carol, "dave", "eve"),
                read(conversation, alice, 1, bob),
                textIn(conversation, bob, 2));
        settle(conversation, phone, alice);
        List<RecoveringClient.Told> all = phone.told().stream()
                .filter(one -> one.offset() != null)
                .filter(one -> !one.event().equals("stream_position"))
                .toList();
        assertThat(all).hasSize(9);

        for (int had = 1; had < all.size(); had++) {
            RecoveringClient other = client(alice);
            other.pid(phone.pid());
            other.offset(all.get(had - 1).offset());
            other.connect(port);

            assertThat(other.isRecovered()).isTrue();
            assertThat(other.stream())
                    .as("after %s", had)
                    .isEqualTo(all.subList(had, all.size()).stream()
                            .map(one -> one.event() + " " + one.body())
                            .toList());
        }
    }

    @Test
    void aMemberRemovedMeanwhileReceivesEventsUpToThen() {
        RecoveringClient phone = connected(alice);
        RecoveringClient bobPhone = connected(bob);
        phone.cut();

        publish(
                textIn(conversation, bob, 1),
                noticeIn(conversation, 2, NoticeKind.MEMBER_REMOVED, alice),
                textIn(conversation, bob, 3));
        settle(conversation, bobPhone, bob);
        SERVICES.member(conversation, alice, false, 0);
        phone.connect(port);
        settle(conversation, phone, alice);

        assertThat(phone.stream().stream().map(one -> one.split(" ")[0]))
                .containsExactly("new_message", "new_message", "participant_left", "message_deleted_for_me");
    }

    @Test
    void aMemberAddedMeanwhileReceivesEventsFromThenOn() {
        RecoveringClient phone = connected(carol);
        RecoveringClient bobPhone = connected(bob);
        settle(conversation, phone, carol);
        phone.cut();

        publish(
                textIn(conversation, bob, 1),
                noticeIn(conversation, 2, NoticeKind.MEMBERS_ADDED, carol),
                textIn(conversation, bob, 3));
        settle(conversation, bobPhone, bob);
        SERVICES.member(conversation, carol, 2L);
        phone.connect(port);

        assertThat(phone.told("new_message"))
                .extracting(one -> one.path("message").path("seq").asInt())
                .containsExactly(2, 3);
        assertThat(phone.told("participant_joined")).hasSize(1);
        // It may be told again by those who look for the new member among the members.
        phone.await("conversation_created", 1);
        assertThat(phone.told().stream().map(RecoveringClient.Told::event))
                .as("the conversation comes before what was written in it")
                .containsSubsequence("conversation_created", "new_message", "new_message");
    }

    @Test
    void replayedMessagesCountAsDelivered() {
        RecoveringClient phone = connected(alice);
        RecoveringClient bobPhone = connected(bob);
        phone.cut();
        publish(textIn(conversation, bob, 1), textIn(conversation, bob, 2));
        bobPhone.await("new_message", 2);
        assertThat(deliveredTo(alice)).isEmpty();

        phone.connect(port);

        Until.satisfied(() -> assertThat(deliveredTo(alice)).contains(2L));
    }

    @Test
    void messagesReceivedBeforeTheConnectionBrokeCountAsDelivered() {
        RecoveringClient bobPhone = connected(bob);
        publish(textIn(conversation, bob, 1));
        bobPhone.await("new_message", 1);
        RecoveringClient phone = connected(alice);
        phone.cut();
        assertThat(deliveredTo(alice)).isEmpty();
        // As if the phone had got it, from a node that was killed before it reported that.
        phone.offset(bobPhone.offset());

        phone.connect(port);

        Until.satisfied(() -> assertThat(deliveredTo(alice)).containsExactly(1L));
    }

    /** Its node could not report it for a while, and then died: after the message, the client had only positions. */
    @Test
    void messagesReceivedLongBeforeTheConnectionBrokeCountAsDelivered() {
        RecoveringClient bobPhone = connected(bob);
        publish(textIn(conversation, bob, 1));
        bobPhone.await("new_message", 1);
        RecoveringClient phone = connected(alice);
        phone.cut();
        phone.offset(earlier(bobPhone.offset(), -200));

        phone.connect(port);

        assertThat(phone.isRecovered()).isTrue();
        Until.satisfied(() -> assertThat(deliveredTo(alice)).containsExactly(1L));
    }

    @Test
    void aNodeThatHasJustStartedReportsWhatOthersCouldNot() {
        RecoveringClient bobPhone = connected(bob);
        // Alice has answered: her own message is the newest.
        publish(textIn(conversation, bob, 1), textIn(conversation, alice, 2));
        bobPhone.await("new_message", 2);
        RecoveringClient phone = connected(alice);
        phone.cut();
        phone.offset(earlier(bobPhone.offset(), -200));

        try (OtherNode restarted = OtherNode.start()) {
            phone.connect(restarted.port());

            assertThat(phone.isRecovered()).isTrue();
            Until.satisfied(() -> assertThat(deliveredTo(alice)).contains(2L));
        }
    }

    @Test
    void aNodeThatStopsReportsWhatItKnows() {
        OtherNode there = OtherNode.start("parley.presence.delivery.interval=1h");
        RecoveringClient phone = client(alice).connect(there.port());
        publish(textIn(conversation, bob, 1));
        phone.await("new_message", 1);

        there.close();

        assertThat(deliveredTo(alice)).isEmpty();
    }

    private List<Long> deliveredTo(String userId) {
        return SERVICES.callsOf("/deliveries").stream()
                .flatMap(call -> call.body().path("deliveries").valueStream())
                .filter(one -> one.path("conversationId").asString().equals(conversation))
                .filter(one -> one.path("userId").asString().equals(userId))
                .map(one -> one.path("seq").asLong())
                .toList();
    }

    @Test
    void aLongReplayIsComplete() {
        RecoveringClient phone = connected(alice);
        RecoveringClient bobPhone = connected(bob);
        phone.cut();
        publish(IntStream.rangeClosed(1, 6_000)
                .mapToObj(seq -> textIn(conversation, bob, seq))
                .toArray(Event[]::new));
        settle(conversation, bobPhone, bob);

        phone.connect(port);

        assertThat(phone.isRecovered()).isTrue();
        assertThat(phone.told("new_message"))
                .extracting(one -> one.path("message").path("seq").asInt())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 6_000).boxed().toList());
    }

    @Test
    void aDeviceThatReceivesNothingElseReceivesItsStreamPosition() {
        RecoveringClient phone = connected(alice);
        String first = phone.offset();

        phone.await("stream_position", 1);

        // The first may be told within the tenth of a second in which it came.
        Until.satisfied(() -> assertThat(phone.offset()).isNotEqualTo(first));
        phone.cut();
        phone.connect(port);
        assertThat(phone.isRecovered()).isTrue();
    }

    @Test
    void aDeviceThatWasAwayTooLongMustReload() {
        RecoveringClient phone = connected(alice);
        String pid = phone.pid();
        phone.cut();
        // More than two minutes earlier: the time stands first, in tenths of a second.
        phone.offset(earlier(phone.offset(), 1_300));

        phone.connect(port);

        assertThat(phone.isRecovered()).isFalse();
        assertThat(phone.pid()).isNotEqualTo(pid);
        assertThat(phone.await("resync_required", 1).get(0).path("reason").asString())
                .isEqualTo("gone_too_long");
        publish(textIn(conversation, bob, 1));
        phone.await("new_message", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "AAAAAA", "🦊", "_____________________________________________"})
    void aDeviceWithoutAValidOffsetMustReload(String offset) {
        RecoveringClient phone = connected(alice);
        phone.cut();
        phone.offset(offset);

        phone.connect(port);

        assertThat(phone.isRecovered()).isFalse();
        assertThat(phone.await("resync_required", 1).get(0).path("reason").asString())
                .isEqualTo("unknown_offset");
    }

    @Test
    void aDeviceCannotReconnectAsAnotherUser() {
        RecoveringClient phone = connected(alice);
        RecoveringClient carolPhone = connected(carol);
        String standing = phone.offset();
        publish(textIn(conversation, bob, 1));
        phone.await("new_message", 1);
        carolPhone.cut();
        carolPhone.pid(phone.pid());
        carolPhone.offset(standing);

        carolPhone.connect(port);

        assertThat(carolPhone.isRecovered()).isFalse();
        assertThat(carolPhone.await("resync_required", 1).get(0).path("reason").asString())
                .isEqualTo("other_user");
        assertThat(carolPhone.told("new_message")).isEmpty();
    }

    @Test
    void aDeviceAheadOfTheNodeWaitsAndMustReload() {
        RecoveringClient phone = connected(alice);
        phone.cut();
        String offset = phone.offset();
        // The highest digit of the first partition's offset: some hundred thousand records further.
        phone.offset(offset.substring(0, 6) + "C" + offset.substring(7));

        phone.connect(port);

        assertThat(phone.await("resync_required", 1).get(0).path("reason").asString())
                .isEqualTo("server_behind");
    }

    @Test
    void aDeviceThatConnectsForTheFirstTimeNeedNotReload() {
        RecoveringClient phone = connected(alice);
        settle(conversation, phone, alice);

        assertThat(phone.pid()).isNotEmpty();
        assertThat(phone.told("resync_required")).isEmpty();
        assertThat(phone.told().get(0).event()).isEqualTo("online_users");
    }

    @Test
    void aClientThatIsTooFarBehindInAConversationMustReload() {
        RecoveringClient phone = connected(alice);

        JsonNode ack = phone.ask("get_missed", Map.of("conversationId", conversation + "-of-9000", "afterSeq", 3_000));
        assertThat(ack.path("code").asString()).isEqualTo("conversation.too-far-behind");
        ack = phone.ask("get_missed", Map.of("conversationId", conversation + "-of-9000", "afterSeq", 4_000));
        assertThat(ack.path("success").asBoolean()).isTrue();
    }

    @Test
    void aMemberWhoWasAddedLateIsNotTooFarBehind() {
        RecoveringClient phone = connected(alice);

        JsonNode ack =
                phone.ask("get_missed", Map.of("conversationId", conversation + "-from-8500-of-9000", "afterSeq", 0));

        assertThat(ack.path("success").asBoolean()).isTrue();
    }

    @Test
    void receivesAgainAConversationThatWasOpenedShortlyBefore() {
        RecoveringClient phone = connected(carol);
        SERVICES.member(conversation, carol, 2L);
        publish(noticeIn(conversation, 2, NoticeKind.MEMBERS_ADDED, carol));
        phone.await("conversation_created", 1);
        int before = phone.told("conversation_created").size();

        // It cannot be known whether it was told.
        phone.cut();
        phone.connect(port);

        assertThat(phone.isRecovered()).isTrue();
        phone.await("conversation_created", before + 1);
    }

    @Test
    void endsWithTheLatestCountOfANewConversation() {
        RecoveringClient phone = connected(carol);
        SERVICES.member(conversation, carol, true, 2);
        publish(noticeIn(conversation, 2, NoticeKind.MEMBERS_ADDED, carol));
        phone.await("conversation_created", 1);
        RecoveringClient alicePhone = connected(alice);
        phone.cut();
        int asked = SERVICES.callsOf(conversation + "/views").size();
        int before = phone.told("conversation_created").size();
        Sinks.Empty<Void> arrival = Sinks.empty();
        SERVICES.viewsArrive = arrival.asMono();

        CompletableFuture<Void> back = CompletableFuture.runAsync(() -> phone.connect(port));
        Until.satisfied(
                () -> assertThat(SERVICES.callsOf(conversation + "/views")).hasSize(asked + 1));
        SERVICES.member(conversation, carol, true, 0);
        publish(new ReceiptRead(conversation, TENANT, carol, "m2", 2, 0, Instant.now(), List.of(), List.of(), 0));
        settle(conversation, alicePhone, alice);
        SERVICES.viewsArrive = Mono.empty();
        arrival.tryEmitEmpty();

        back.join();
        List<JsonNode> created = phone.await("conversation_created", before + 1);
        assertThat(created.get(created.size() - 1).path("unreadCount").asInt()).isEqualTo(2);
        assertThat(phone.await("conversation_updated", 1)
                        .get(0)
                        .path("unreadCount")
                        .asInt(-1))
                .isZero();
    }

    private static String earlier(String offset, int tenths) {
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        long time = Stream.iterate(0, i -> i < 6, i -> i + 1)
                .mapToLong(i -> digits.indexOf(offset.charAt(i)))
                .reduce(0, (all, digit) -> all * 64 + digit);
        StringBuilder text = new StringBuilder();
        for (int shift = 30; shift >= 0; shift -= 6) {
            text.append(digits.charAt((int) ((time - tenths) >> shift) & 63));
        }
        return text + offset.substring(6);
    }
}
