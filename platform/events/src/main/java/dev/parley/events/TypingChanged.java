package dev.parley.events;

/** A user started or stopped typing. */
public record TypingChanged(String userId, String tenantId, String conversationId, UserSummary user, boolean typing)
        implements PresenceEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.typingChanged(this);
    }
}
