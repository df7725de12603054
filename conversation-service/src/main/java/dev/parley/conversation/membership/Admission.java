package dev.parley.conversation.membership;

import dev.parley.events.ConversationCreated;
import dev.parley.events.Participant.Role;
import java.time.Instant;
import java.util.List;

/** Users who become members of a conversation together. */
public record Admission(String conversationId, String tenantId, List<Member> members) {

    /** @param fromSeq the first message that the member may see */
    public record Member(String userId, Role role, Instant joinedAt, long fromSeq) {}

    /** The first participants of a conversation, who see it from its beginning. */
    public static Admission of(ConversationCreated created) {
        return new Admission(
                created.conversationId(),
                created.tenantId(),
                created.participants().stream()
                        .map(participant ->
                                new Member(participant.user().id(), participant.role(), participant.joinedAt(), 1))
                        .toList());
    }
}
