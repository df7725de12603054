package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.Event;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

class ConversationUpdatesTest extends ChatServiceTest {

    @Test
    void showsEachMemberItsViewOnAllDevices() {
        SERVICES.member(conversation, bob, true, 4);
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device bobTablet = connect(bob);
        Device carolPhone = connect(carol);
        bobTablet.succeed("leave_room", conversation);

        publish(new ConversationAdvanced(conversation, TENANT, 1));

        JsonNode ofAlice = alicePhone.awaitOne("conversation_updated");
        assertThat(ofAlice.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(ofAlice.path("id").asString()).isEqualTo(conversation);
        assertThat(ofAlice.path("name").asString()).isEqualTo("Team");
        assertThat(ofAlice.path("unreadCount").asInt(-1)).isZero();
        assertThat(ofAlice.path("lastMessage").isObject()).isTrue();
        JsonNode ofBob = bobPhone.awaitOne("conversation_updated");
        assertThat(ofBob.path("unreadCount").asInt()).isEqualTo(4);
        assertThat(ofBob.has("lastMessage")).as("of one who sees none").isFalse();
        assertThat(bobTablet.awaitOne("conversation_updated")).isEqualTo(ofBob);
        assertThat(ofBob.has("userId")).isFalse();
        settle(carolPhone);
        assertThat(carolPhone.told("conversation_updated")).isEmpty();
        assertThat(asked(0)).containsExactlyInAnyOrder(alice, bob);
    }

    @Test
    void showsEachMemberTheOwnRoleAndTheMemberAmongTheParticipants() {
        String dave = "unnamed-" + Ids.next();
        TestUsers.register(TENANT, dave);
        SERVICES.member(conversation, dave, true, 0);
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device davePhone = connect(dave);

        publish(new ConversationAdvanced(conversation, TENANT, 1));

        JsonNode ofAlice = alicePhone.awaitOne("conversation_updated");
        JsonNode ofBob = bobPhone.awaitOne("conversation_updated");
        JsonNode ofDave = davePhone.awaitOne("conversation_updated");
        assertThat(List.of(ofAlice, ofBob, ofDave))
                .extracting(told -> told.path("role").asString())
                .containsExactly("admin", "member", "member");
        assertThat(ofAlice.path("participants").findValuesAsString("userId")).isEmpty();
        assertThat(ofDave.path("participants").findValuesAsString("userId")).containsExactly(dave);
        assertThat(ofDave.has("participant")).isFalse();
    }

    @Test
    void showsAChangeOnlyToTheMemberWhoSeesADifference() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);

        publish(new ConversationUpdated(conversation, TENANT, bob));

        bobPhone.awaitOne("conversation_updated");
        settle(alicePhone);
        assertThat(alicePhone.told("conversation_updated")).isEmpty();
        assertThat(asked(0)).containsExactly(bob);
    }

    @Test
    void showsTheSenderOfTheLastMessageItsDeliveryState() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        List<ReceivedMessage> messages =
                List.of(new ReceivedMessage("m1", 1, bob), new ReceivedMessage("m2", 2, alice));

        publish(new ReceiptDelivered(conversation, TENANT, carol, 2, 0, Instant.now(), messages));
        alicePhone.await("conversation_updated", 1);
        publish(new ReceiptRead(conversation, TENANT, carol, "m2", 2, 0, Instant.now(), messages, List.of(), 0));

        alicePhone.await("conversation_updated", 2);
        settle(bobPhone);
        assertThat(bobPhone.told("conversation_updated")).isEmpty();
        assertThat(asked(0)).containsExactly(alice);
        assertThat(asked(1)).containsExactly(alice);
    }

    @Test
    void collectsFrequentChangesAndShowsTheLastState() {
        Device bobPhone = connect(bob);
        int changes = 300;

        publish(IntStream.range(1, changes)
                .mapToObj(seq -> new ConversationAdvanced(conversation, TENANT, seq))
                .toArray(Event[]::new));
        SERVICES.member(conversation, bob, true, changes);
        publish(new ConversationAdvanced(conversation, TENANT, changes));

        Until.satisfied(() -> assertThat(last(bobPhone)).isEqualTo(changes));
        assertThat(SERVICES.callsOf(conversation + "/views")).hasSizeLessThan(changes / 2);
    }

    @Test
    void endsWithTheLatestCountForTheReader() {
        Device bobPhone = connect(bob);
        SERVICES.member(conversation, bob, true, 2);
        Sinks.Empty<Void> arrival = Sinks.empty();
        SERVICES.viewsArrive = arrival.asMono();
        publish(new ConversationAdvanced(conversation, TENANT, 2));
        Until.satisfied(
                () -> assertThat(SERVICES.callsOf(conversation + "/views")).hasSize(1));

        SERVICES.member(conversation, bob, true, 0);
        publish(new ReceiptRead(conversation, TENANT, bob, "m2", 2, 0, Instant.now(), List.of(), List.of(), 0));
        bobPhone.await("unread_count_changed", 1);
        SERVICES.viewsArrive = Mono.empty();
        arrival.tryEmitEmpty();

        Until.satisfied(() -> assertThat(last(bobPhone)).isZero());
        assertThat(bobPhone.told("conversation_updated"))
                .extracting(told -> told.path("unreadCount").asInt())
                .containsExactly(2, 0);
    }

    @Test
    void repeatsAFailedRequestToConversationService() {
        Device bobPhone = connect(bob);
        SERVICES.viewsToRefuse = 1;

        publish(new ConversationUpdated(conversation, TENANT, null));

        bobPhone.awaitOne("conversation_updated");
        assertThat(SERVICES.callsOf(conversation + "/views")).hasSize(2);
    }

    @Test
    void keepsTryingWhileConversationServiceFails() {
        Device bobPhone = connect(bob);
        Device alicePhone = connect(alice);
        SERVICES.viewsToRefuse = 5;
        publish(new ConversationUpdated(conversation, TENANT, bob));
        Until.satisfied(() -> assertThat(SERVICES.viewsToRefuse).isLessThan(3));
        SERVICES.member(conversation, bob, true, 7);

        Until.satisfied(() -> assertThat(last(bobPhone)).isEqualTo(7));
        assertThat(bobPhone.told("conversation_updated")).hasSize(1);
        assertThat(alicePhone.told("conversation_updated")).isEmpty();
    }

    @Test
    void requestsNothingIfNoMemberIsConnected() {
        Device carolPhone = connect(carol);

        publish(new ConversationAdvanced(conversation, TENANT, 1), new ConversationUpdated(conversation, TENANT, bob));

        settle(carolPhone);
        Device bobPhone = connect(bob);
        publish(new ConversationUpdated(conversation, TENANT, bob));
        bobPhone.awaitOne("conversation_updated");
        assertThat(SERVICES.callsOf(conversation + "/views")).hasSize(1);
    }

    private static int last(Device device) {
        List<JsonNode> told = device.told("conversation_updated");
        return told.isEmpty()
                ? -1
                : told.get(told.size() - 1).path("unreadCount").asInt();
    }

    private List<String> asked(int call) {
        return SERVICES.callsOf(conversation + "/views")
                .get(call)
                .body()
                .path("userIds")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
