package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.InvitationChanged;
import dev.parley.events.InvitationState;
import dev.parley.platform.id.Ids;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Alice asks Bob to join a group. */
class InvitationTest extends ChatServiceTest {

    private final String group = "group-" + Ids.next();

    @Test
    void isToldToAllDevicesOfWhoIsAskedAndWhoAsksAndToNobodyElse() {
        SERVICES.member(conversation, carol, true, 0);
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device bobTablet = connect(bob, "polling");
        Device carolPhone = connect(carol);

        publish(
                changed(InvitationState.OPEN),
                changed(InvitationState.DECLINED),
                changed(InvitationState.ACCEPTED),
                changed(InvitationState.of("OF_A_LATER_VERSION")),
                changed(InvitationState.WITHDRAWN));

        for (Device device : new Device[] {alicePhone, bobPhone, bobTablet}) {
            assertNames(device.awaitOne("invitation_received"));
            assertNames(device.awaitOne("invitation_withdrawn"));
            assertThat(device.await("invitation_answered", 2))
                    .allSatisfy(this::assertNames)
                    .extracting(answer -> answer.path("isAccepted").asBoolean())
                    .containsExactly(false, true);
            assertThat(device.events())
                    .filteredOn(event -> event.startsWith("invitation"))
                    .containsExactly(
                            "invitation_received",
                            "invitation_answered",
                            "invitation_answered",
                            "invitation_withdrawn");
        }
        settle(carolPhone);
        assertThat(carolPhone.events()).noneMatch(event -> event.startsWith("invitation"));
    }

    private void assertNames(JsonNode told) {
        assertThat(told.path("conversationId").asString()).isEqualTo(group);
        assertThat(told.path("userId").asString()).isEqualTo(bob);
        assertThat(told.path("invitedBy").asString()).isEqualTo(alice);
    }

    private InvitationChanged changed(InvitationState state) {
        return new InvitationChanged(group, TENANT, bob, alice, state);
    }
}
