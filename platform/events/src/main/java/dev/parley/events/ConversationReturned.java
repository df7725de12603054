package dev.parley.events;

import java.util.List;

/** A conversation that members had deleted for themselves is in their lists again. */
public record ConversationReturned(String conversationId, String tenantId, List<String> userIds)
        implements ConversationEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.conversationReturned(this);
    }
}
