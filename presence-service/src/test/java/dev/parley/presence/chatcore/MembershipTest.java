package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationKind;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import dev.parley.presence.transport.RawSocket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who hears of a conversation follows who is a member of it. */
class MembershipTest extends ChatServiceTest {

    @Test
    void aNewMemberReceivesTheSystemMessageAndTheConversation() {
        Device alicePhone = connect(alice);
        Device carolPhone = connect(carol);
        Device carolTablet = connect(carol, "polling");
        publish(text(alice, 1));
        SERVICES.member(conversation, carol, true, 3);

        publish(notice(alice, 2, NoticeKind.MEMBERS_ADDED, carol), text(alice, 3));

        for (Device device : List.of(carolPhone, carolTablet)) {
            assertThat(device.await("new_message", 2).stream()
                            .map(told -> told.path("message").path("seq").asInt()))
                    .containsExactly(2, 3);
            assertThat(device.events().subList(0, 3))
                    .containsAll(List.of("new_message", "participant_joined"))
                    .startsWith("new_message");
            JsonNode created = device.awaitOne("conversation_created");
            assertThat(created.path("id").asString()).isEqualTo(conversation);
            assertThat(created.path("unreadCount").asInt()).isEqualTo(3);
            assertThat(created.path("isActive").asBoolean()).isTrue();
            assertThat(created.has("userId")).isFalse();
        }
        JsonNode joined = alicePhone.awaitOne("participant_joined");
        assertThat(joined.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(joined.path("userId").asString()).isEqualTo(carol);
        assertThat(joined.path("displayName").asString()).isEqualTo("Name of " + carol);
        assertThat(joined.path("username").asString()).isEqualTo(carol);
        assertThat(joined.path("role").asString()).isEqualTo("member");
        assertThat(joined.path("addedBy").asString()).isEqualTo(alice);
        assertThat(alicePhone.told("conversation_created")).isEmpty();
    }

    @Test
    void aClientThatCannotBeAdmittedNowIsNotRefusedAndTriesAgain() {
        SERVICES.membershipsToRefuse = 1;

        try (RawSocket first =
                RawSocket.open(URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"))) {
            first.next();
            first.send("40/chat,{\"token\":\"" + TestTokens.tokenFor(bob, TENANT) + "\"}");
            assertThat(first.awaitClose()).isEqualTo(1013);
        }

        assertThat(SERVICES.membershipsToRefuse).isZero();
        Device bobPhone = connect(bob);
        publish(text(alice, 1));
        bobPhone.awaitOne("new_message");
    }

    @Test
    void aRemovedMemberReceivesTheSystemMessageLast() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device bobTablet = connect(bob);
        bobTablet.succeed("leave_room", conversation);

        publish(notice(alice, 1, NoticeKind.MEMBER_REMOVED, bob), text(alice, 2));

        alicePhone.await("new_message", 2);
        settle(bobPhone, bobTablet);
        assertThat(bobPhone.told("new_message")).hasSize(1);
        assertThat(bobTablet.told("new_message")).isEmpty();
        for (Device device : List.of(alicePhone, bobPhone, bobTablet)) {
            JsonNode left = device.awaitOne("participant_left");
            assertThat(left.path("conversationId").asString()).isEqualTo(conversation);
            assertThat(left.path("userId").asString()).isEqualTo(bob);
            assertThat(left.path("removedBy").asString()).isEqualTo(alice);
            assertThat(left.path("removedByName").asString()).isEqualTo("Name of " + alice);
        }
        // conversation-service may not have stored it yet, and still say that Bob is a member.
        assertThat(bobPhone.fail("join_room", conversation)).isEqualTo("conversation.not-a-member");
        assertThat(bobPhone.fail("get_typing_users", conversation)).isEqualTo("conversation.not-a-member");
    }

    @Test
    void aFormerMemberIsShownTheConversationAsItWasAtTheLeaving() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        publish(notice(bob, 1, NoticeKind.MEMBER_LEFT, bob));
        bobPhone.awaitOne("participant_left");
        SERVICES.member(conversation, bob, false, 0);

        publish(
                new ConversationUpdated(conversation, TENANT, bob),
                new ConversationUpdated(conversation, TENANT, alice));

        JsonNode then = bobPhone.awaitOne("conversation_updated");
        assertThat(then.path("name").asString()).isEqualTo("Team of then");
        assertThat(then.path("isActive").asBoolean(true)).isFalse();
        assertThat(then.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(then.has("conversation")).isFalse();
        JsonNode now = alicePhone.awaitOne("conversation_updated");
        assertThat(now.path("name").asString()).isEqualTo("Team");
    }

    @Test
    void aMemberWhoLeavesIsNotShownAsRemovedByAnybody() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);

        publish(notice(bob, 1, NoticeKind.MEMBER_LEFT, bob), text(alice, 2));

        JsonNode left = alicePhone.awaitOne("participant_left");
        assertThat(left.path("userId").asString()).isEqualTo(bob);
        assertThat(left.has("removedBy")).isFalse();
        alicePhone.await("new_message", 2);
        settle(bobPhone);
        assertThat(bobPhone.events()).startsWith("new_message", "participant_left");
        assertThat(bobPhone.told("new_message")).hasSize(1);
    }

    @Test
    void anOlderAnswerDoesNotRestoreAnEndedMembership() {
        Device alicePhone = connect(alice);
        publish(notice(alice, 1, NoticeKind.MEMBER_REMOVED, bob));
        alicePhone.awaitOne("participant_left");
        SERVICES.staleMemberships.put(bob, List.of(conversation));

        Device bobPhone = connect(bob);
        publish(text(alice, 2));

        alicePhone.await("new_message", 2);
        settle(bobPhone);
        assertThat(bobPhone.told("new_message")).isEmpty();
    }

    @Test
    void anOlderAnswerDoesNotHideAMembershipThatBeganMeanwhile() {
        Device alicePhone = connect(alice);
        publish(notice(alice, 1, NoticeKind.MEMBERS_ADDED, carol));
        alicePhone.awaitOne("participant_joined");
        SERVICES.staleMemberships.put(carol, List.of());

        Device carolPhone = connect(carol);
        publish(text(alice, 2));

        assertThat(carolPhone
                        .awaitOne("new_message")
                        .path("message")
                        .path("seq")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aRepeatedSystemMessageDoesNotRestoreAMembership() {
        Device alicePhone = connect(alice);
        Device carolPhone = connect(carol);
        ConversationCreated created = new ConversationCreated(
                conversation,
                TENANT,
                ConversationKind.GROUP,
                "Team",
                null,
                alice,
                List.of(
                        new Participant(user(alice), Role.ADMIN, Instant.now()),
                        new Participant(user(carol), Role.MEMBER, Instant.now())),
                Instant.now());
        publish(notice(alice, 1, NoticeKind.MEMBERS_ADDED, carol), notice(alice, 2, NoticeKind.MEMBER_REMOVED, carol));
        publish(notice(alice, 1, NoticeKind.MEMBERS_ADDED, carol), created, text(alice, 3));

        alicePhone.await("new_message", 3);
        settle(carolPhone);
        assertThat(carolPhone.told("new_message")).hasSize(2);
        assertThat(alicePhone.told("participant_joined")).hasSize(1);
    }

    @Test
    void aUserWhomConversationServiceDoesNotKnowAsAMemberStopsListening() {
        Device alicePhone = connect(alice);
        Device carolPhone = connect(carol);

        publish(notice(alice, 1, NoticeKind.MEMBERS_ADDED, carol));

        carolPhone.awaitOne("new_message");
        Until.satisfied(() -> assertThat(carolPhone
                        .ask("get_typing_users", conversation)
                        .path("code")
                        .asString(""))
                .isEqualTo("conversation.not-a-member"));
        publish(text(alice, 2));
        alicePhone.await("new_message", 2);
        settle(carolPhone);
        assertThat(carolPhone.told("new_message")).hasSize(1);
        assertThat(carolPhone.told("conversation_created")).isEmpty();
    }

    @Test
    void aMemberWhoIsStoredLaterReceivesTheConversationThen() {
        Device carolPhone = connect(carol);
        publish(notice(alice, 1, NoticeKind.MEMBERS_ADDED, carol));
        Until.satisfied(
                () -> assertThat(SERVICES.callsOf(conversation + "/views")).hasSizeGreaterThanOrEqualTo(2));
        assertThat(carolPhone.told("conversation_created")).isEmpty();

        SERVICES.member(conversation, carol, true, 1);

        carolPhone.awaitOne("conversation_created");
        settle(carolPhone);
        assertThat(carolPhone.told("conversation_created")).hasSize(1);
    }

    @Test
    void everyParticipantReceivesANewConversationInItsOwnView() {
        String fresh = "new-" + conversation;
        Device alicePhone = connect(alice);
        Device aliceTablet = connect(alice);
        Device bobPhone = connect(bob);
        Device carolPhone = connect(carol);
        SERVICES.member(fresh, alice, true, 0);
        SERVICES.member(fresh, bob, true, 2);

        publish(new ConversationCreated(
                fresh,
                TENANT,
                ConversationKind.GROUP,
                "Team",
                null,
                alice,
                List.of(
                        new Participant(user(alice), Role.ADMIN, Instant.now()),
                        new Participant(user(bob), Role.MEMBER, Instant.now())),
                Instant.now()));

        assertThat(alicePhone.awaitOne("conversation_created")).isEqualTo(aliceTablet.awaitOne("conversation_created"));
        assertThat(alicePhone
                        .told("conversation_created")
                        .get(0)
                        .path("unreadCount")
                        .asInt(-1))
                .isZero();
        assertThat(bobPhone.awaitOne("conversation_created").path("unreadCount").asInt())
                .isEqualTo(2);
        alicePhone.succeed("typing", Map.of("conversationId", fresh, "isTyping", true));
        bobPhone.awaitOne("typing_indicator");
        assertThat(carolPhone.events()).isEmpty();
    }

    @Test
    void aReturnedConversationIsNewOnlyForTheUsersInWhoseListsItReturns() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);

        publish(new ConversationReturned(conversation, TENANT, List.of(bob)));

        assertThat(bobPhone.awaitOne("conversation_created").path("id").asString())
                .isEqualTo(conversation);
        settle(alicePhone);
        assertThat(alicePhone.told("conversation_created")).isEmpty();
    }

    @Test
    void nobodyReceivesEventsOfAConversationDeletedForAll() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device bobTablet = connect(bob);
        Device carolPhone = connect(carol);
        bobTablet.succeed("leave_room", conversation);

        publish(new ConversationDeleted(conversation, TENANT, null, alice), text(alice, 1));

        for (Device device : List.of(alicePhone, bobPhone, bobTablet)) {
            assertThat(device.awaitOne("conversation_deleted")
                            .path("conversationId")
                            .asString())
                    .isEqualTo(conversation);
        }
        settle(bobPhone, carolPhone);
        assertThat(bobPhone.told("new_message")).isEmpty();
        assertThat(carolPhone.told("conversation_deleted")).isEmpty();
    }

    @Test
    void aConversationThatAMemberDeletesIsDeletedOnTheMembersDevicesOnly() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device bobTablet = connect(bob);

        publish(new ConversationDeleted(conversation, TENANT, bob, bob));

        bobPhone.awaitOne("conversation_deleted");
        bobTablet.awaitOne("conversation_deleted");
        settle(alicePhone);
        assertThat(alicePhone.told("conversation_deleted")).isEmpty();
    }

    @Test
    void aMessageDeletedForOneselfIsDeletedOnTheOwnDevicesOnly() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device bobTablet = connect(bob);

        settle(bobPhone);

        JsonNode told = bobTablet.awaitOne("message_deleted_for_me");
        assertThat(told.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(told).isEqualTo(bobPhone.told("message_deleted_for_me").get(0));
        settle(alicePhone);
        assertThat(alicePhone.told("message_deleted_for_me"))
                .extracting(one -> one.path("messageId").asString())
                .containsExactly("marker-1");
    }
}
