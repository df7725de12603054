package dev.parley.events;

/**
 * Somebody was asked to become a member of a conversation, or that is over. On {@link Topics#INVITATIONS}. It may be lost: which
 * invitations there are conversation-service says.
 *
 * @param userId who was asked
 * @param invitedBy who asks
 */
public record InvitationChanged(
        String conversationId, String tenantId, String userId, String invitedBy, InvitationState state)
        implements Event {

    @Override
    public String partitionKey() {
        return userId;
    }
}
