package dev.parley.conversation.membership;

import dev.parley.events.Participant.Role;
import java.time.Instant;
import java.util.List;

/** Users who become members of a conversation together. */
public record Admission(String conversationId, String tenantId, List<Member> members) {

    /** @param fromSeq the first message that the member may see */
    public record Member(String userId, Role role, Instant joinedAt, long fromSeq) {}
}
