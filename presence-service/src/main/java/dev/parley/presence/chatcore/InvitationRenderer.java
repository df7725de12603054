package dev.parley.presence.chatcore;

import dev.parley.events.InvitationChanged;
import dev.parley.events.InvitationState;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import java.util.List;
import java.util.stream.Stream;

/** Invitations to groups, for the devices of who is asked and of who asks. */
final class InvitationRenderer implements EventRenderer {

    private record Invitation(String conversationId, String userId, String invitedBy) {}

    private record Answer(String conversationId, String userId, String invitedBy, boolean isAccepted) {}

    private final ChatWire wire;

    InvitationRenderer(ChatWire wire) {
        this.wire = wire;
    }

    @Override
    public void invitationChanged(InvitationChanged changed, EventContext context) {
        InvitationState state = changed.state();
        if (state == InvitationState.OPEN) {
            send(changed, context, "invitation_received", invitation(changed));
        } else if (state == InvitationState.WITHDRAWN) {
            send(changed, context, "invitation_withdrawn", invitation(changed));
        } else if (state == InvitationState.ACCEPTED || state == InvitationState.DECLINED) {
            send(
                    changed,
                    context,
                    "invitation_answered",
                    new Answer(
                            changed.conversationId(),
                            changed.userId(),
                            changed.invitedBy(),
                            state == InvitationState.ACCEPTED));
        }
    }

    private static Invitation invitation(InvitationChanged changed) {
        return new Invitation(changed.conversationId(), changed.userId(), changed.invitedBy());
    }

    private void send(InvitationChanged changed, EventContext context, String event, Object body) {
        List<DeviceRoom> both = Stream.of(changed.userId(), changed.invitedBy())
                .map(userId -> DeviceRoom.ofUser(changed.tenantId(), userId))
                .toList();
        wire.emit(context, context.to(both), event, body);
    }
}
