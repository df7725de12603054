package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * A user started or stopped typing on the devices that are connected to one node.
 *
 * @param nodeId that node; null from older versions
 */
public record TypingChanged(
        String userId,
        String tenantId,
        String conversationId,
        UserSummary user,
        boolean typing,
        @Nullable String nodeId)
        implements PresenceEvent {

    /** The end of this typing. */
    public TypingChanged ended() {
        return new TypingChanged(userId, tenantId, conversationId, user, false, nodeId);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.typingChanged(this);
    }
}
